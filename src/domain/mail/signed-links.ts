import { createHmac, timingSafeEqual } from 'node:crypto';

const signatureBytes = 16;
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const tokenLength = 43;

function sign(key: Buffer, parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update(parts.join('\0')).digest().subarray(0, signatureBytes);
}

/**
 * Makes the secret part of a link by which somebody says that they will not answer. Nothing of it is stored: it is a
 * signature over the invitation and its address, so that it ends when another person takes over the invitation.
 * @param key secret of the installation
 * @param invitation its id (uuid) and address
 * @returns 43 characters of base64url
 */
export function makeOptOutToken(key: Buffer, { id, email }: { readonly id: string; readonly email: string }): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  return Buffer.concat([bytes, sign(key, ['opt out', id, email.toLowerCase()])]).toString('base64url');
}

/**
 * Reads which invitation a link is about; whether it is genuine can be told when its address is known.
 * @param token the secret part of a link
 * @returns id of the invitation, or null when the token has another form
 */
export function readOptOutToken(token: string): string | null {
  if (token.length !== tokenLength) return null;
  const hex = Buffer.from(token, 'base64url').subarray(0, signatureBytes).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return uuidPattern.test(id) ? id : null;
}

/**
 * @param key secret of the installation
 * @param token the secret part of a link
 * @param invitation id and address of the invitation that it names
 * @returns true when we made the link
 */
export function isOptOutToken(
  key: Buffer,
  token: string,
  invitation: { readonly id: string; readonly email: string },
): boolean {
  const [given, made] = [Buffer.from(token), Buffer.from(makeOptOutToken(key, invitation))];
  return given.length === made.length && timingSafeEqual(given, made);
}

/** Days that the link in a test mail works. */
const testMailDays = 7;
const dayMilliseconds = 86_400_000;

/**
 * Makes the secret part of the link in a test mail.
 * @param key secret of the installation
 * @param test the wave, who asked for it, and now
 * @returns wave, person, last moment (seconds) and signature
 */
export function makeTestMailToken(
  key: Buffer,
  test: { readonly waveId: string; readonly actorId: string; readonly now: Date },
): string {
  const until = String(Math.floor((test.now.getTime() + testMailDays * dayMilliseconds) / 1000));
  const parts = [test.waveId, test.actorId, until];
  return [...parts, sign(key, ['test mail', ...parts]).toString('base64url')].join('.');
}

/**
 * Reads the link of a test mail.
 * @param key secret of the installation
 * @param token the secret part of the link
 * @param now the present moment
 * @returns the wave and who asked for the mail, or null when we did not make the link or its time is over
 */
export function readTestMailToken(
  key: Buffer,
  token: string,
  now: Date,
): { readonly waveId: string; readonly actorId: string } | null {
  const [waveId = '', actorId = '', until = '', signature = ''] = token.split('.');
  const [given, made] = [Buffer.from(signature, 'base64url'), sign(key, ['test mail', waveId, actorId, until])];
  if (given.length !== made.length || !timingSafeEqual(given, made)) return null;
  return Number(until) * 1000 > now.getTime() ? { waveId, actorId } : null;
}
