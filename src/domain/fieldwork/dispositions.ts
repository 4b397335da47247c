import { dispositions, type Disposition } from './types';

/** What an invitation keeps: that it was answered (I and P are not told apart), or why it was not. */
export type StoredDisposition = 'answered' | Exclude<Disposition, 'I' | 'P'>;

/**
 * Reads an AAPOR code.
 * @param text a cell of a file
 * @returns the disposition, or null when the text is no code
 */
export function readDisposition(text: string): Disposition | null {
  return dispositions.find((code) => code === text) ?? null;
}

/**
 * Tells whether a disposition comes with answers.
 * @param disposition AAPOR code
 * @returns true for complete and partial responses
 */
export function carriesAnswers(disposition: Disposition): boolean {
  return disposition === 'I' || disposition === 'P';
}

/**
 * What is stored at the invitation, so that it does not tell how much of a response was filled in.
 * @param disposition AAPOR code
 * @returns answered for I and P, else the code
 */
export function toStoredDisposition(disposition: Disposition): StoredDisposition {
  return disposition === 'I' || disposition === 'P' ? 'answered' : disposition;
}

/**
 * The outcome of an invitation that was never answered, decided when the wave closes.
 * @param hasDraft whether the respondent had begun
 * @returns break-off (R) when begun, else non-contact (NC)
 */
export function dispositionAtClosing(hasDraft: boolean): StoredDisposition {
  return hasDraft ? 'R' : 'NC';
}
