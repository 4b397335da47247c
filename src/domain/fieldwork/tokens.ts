import { createHash } from 'node:crypto';

/** Length of the random part of a personal link or a sign-in link. */
const tokenBytes = 32;

/**
 * Makes the secret part of a link.
 * @param randomBytes source of cryptographic randomness: that many random bytes
 * @returns 43 characters of base64url, 256 random bits
 */
export function createToken(randomBytes: (count: number) => Buffer): string {
  return randomBytes(tokenBytes).toString('base64url');
}

/**
 * What is stored of a link, so that a copy of the database opens nothing.
 * @param token the secret part of the link
 * @returns SHA-256 of the token, 32 bytes
 */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}
