import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const tagBytes = 16;

/** Bytes of the value that must be new for everything that is sealed. */
export const nonceBytes = 12;

/**
 * Makes a sealing key for one purpose.
 * @param secret secret of the installation, at least 32 bytes
 * @param purpose what is sealed with it
 * @returns 32 bytes
 */
export function deriveSealingKey(secret: Buffer, purpose: string): Buffer {
  return createHash('sha256').update(`seal\0${purpose}\0`).update(secret).digest();
}

/**
 * Seals a text: without the key it can neither be read nor changed. Method: AES-256-GCM (NIST SP 800-38D).
 * @param key 32 bytes
 * @param nonce 12 bytes that were never used with the key
 * @param text the text
 * @returns nonce, tag and what the text became
 */
export function sealText(key: Buffer, nonce: Buffer, text: string): Buffer {
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Opens what was sealed.
 * @param key 32 bytes
 * @param sealed what `sealText` gave
 * @returns the text, or null when it was sealed with another key or changed
 */
export function openSealed(key: Buffer, sealed: Buffer): string | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const opening = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  opening.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([opening.update(sealed.subarray(nonceBytes + tagBytes)), opening.final()]).toString('utf8');
  } catch {
    return null;
  }
}
