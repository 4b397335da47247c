import { createHash } from 'node:crypto';

/** Crockford's base 32: digits and capitals without I, L, O and U, which are misread or spell words. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bitsPerCharacter = 5;
const waveCharacters = 4;
const randomByteCount = 10;
const codeLength = waveCharacters + (randomByteCount * 8) / bitsPerCharacter;
const groupLength = 4;
const codePattern = new RegExp(`^[${alphabet}]{${codeLength}}$`);

/** Five bits a character; what is left over at the end is dropped. */
function encode(bytes: Buffer): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= bitsPerCharacter; bits -= bitsPerCharacter) {
      text += alphabet.charAt((held >>> (bits - bitsPerCharacter)) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

function digest(purpose: string, text: string): Buffer {
  return createHash('sha256').update(`${purpose}\0${text}`).digest();
}

/** Asked for at every sending; an installation has few waves. */
const knownMarks = new Map<string, string>();

/**
 * The beginning of every receipt code of a wave, so that a code tells which wave to look in and nothing else.
 * @param waveId the wave
 * @returns 4 characters
 */
export function markOfWave(waveId: string): string {
  const mark = knownMarks.get(waveId) ?? encode(digest('wave', waveId)).slice(0, waveCharacters);
  knownMarks.set(waveId, mark);
  return mark;
}

/**
 * Makes the code by which a respondent alone can find their response again, until it is sealed.
 * @param randomBytes source of cryptographic randomness: that many random bytes
 * @param waveId the wave answered
 * @returns 20 characters: the mark of the wave and 80 random bits
 */
export function createReceiptCode(randomBytes: (count: number) => Buffer, waveId: string): string {
  return markOfWave(waveId) + encode(randomBytes(randomByteCount));
}

/**
 * Writes a receipt code so that it can be read aloud and copied by hand.
 * @param code 20 characters
 * @returns groups of four with hyphens between them
 */
export function formatReceiptCode(code: string): string {
  return (code.match(new RegExp(`.{1,${groupLength}}`, 'g')) ?? []).join('-');
}

/**
 * Reads a receipt code as people write it: small letters, other signs between the groups, O for 0, I or L for 1.
 * @param text what was written
 * @returns 20 characters, or null when it cannot be a receipt code
 */
export function readReceiptCode(text: string): string | null {
  const code = text
    .toUpperCase()
    .replaceAll(/[\s\-–—._]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return codePattern.test(code) ? code : null;
}

/**
 * What is stored of a receipt code: the random id of the response itself, from which the code cannot be had back.
 * @param code 20 characters
 * @returns the first 128 bits of its SHA-256, as a uuid
 */
export function toResponseId(code: string): string {
  const hex = digest('receipt', code).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
