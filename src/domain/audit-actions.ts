/** What can be done to a wave, as audit events name it. */
export const waveActions = [
  'created wave',
  'changed wave',
  'changed privacy set-up',
  'uploaded frame',
  'imported frame',
  'discarded frame file',
  'added unit',
  'changed unit',
  'removed unit',
  'drew sample',
  'invited everyone',
  'changed mail template',
  'sent test mail',
  'received test mail',
  'opened wave',
  'created links',
  'requested mailing',
  'planned mailing',
  'requested missing invitations',
  'paused mailing',
  'continued mailing',
  'cancelled mailing',
  'invitation replaced',
  'invitation not eligible',
  'invitation eligible again',
  'moved deadline',
  'imported responses',
  'erased response',
  'closed wave',
  'asked for release',
  'approved release',
  'declined release',
  'took back release',
  'released wave',
  'asked for correction',
  'corrected release',
  'deleted addresses',
] as const;

/** What can be done to everything else. */
export const otherActions = [
  'signed in',
  'created sign-in link',
  'asked for sign-in link',
  'mailed sign-in link',
  'ended sessions',
  'changed own account',
  'linked identity',
  'unlinked identity',
  'added person',
  'invited administrator',
  'granted role',
  'extended role',
  'ended role',
  'deleted contacts',
  'added sign-in provider',
  'changed sign-in provider',
  'removed sign-in provider',
  'created network',
  'edited network',
  'added member',
  'removed member',
  'added organisation',
  'edited organisation',
  'imported organisations',
  'imported register',
  'recorded fact',
  'added instrument',
  'replaced instrument',
  'made backup',
  'restored backup',
] as const;

/** Everything of consequence that somebody can do. The texts have words for each. */
export type AuditAction = (typeof waveActions)[number] | (typeof otherActions)[number];

/**
 * Names an action as keys of texts do.
 * @param action an action, such as "changed privacy set-up"
 * @returns its words joined by underscores, such as "changed_privacy_set_up"
 */
export function keyOfAction(action: string): string {
  return action.replaceAll(/[^a-z]+/g, '_');
}
