import { inflateRawSync } from 'node:zlib';

/** Most entries of an archive and most bytes that it may unfold to. */
export interface ZipLimits {
  readonly entries: number;
  readonly bytes: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 65_535;
const entryLength = 46;
const localLength = 30;
const stored = 0;
const deflated = 8;

/**
 * Unfolds an archive within limits; what an archive says about its own sizes may be a lie. Format: PKWARE, APPNOTE.TXT,
 * sections 4.3.7, 4.3.12 and 4.3.16.
 * @param bytes content of the file
 * @param limits most entries, and most bytes of all entries together
 * @returns content of every entry; too_large beyond the limits; broken when it is no archive or cannot be unfolded
 */
export function unfoldZip(bytes: Buffer, limits: ZipLimits): readonly Buffer[] | 'too_large' | 'broken' {
  const end = findEnd(bytes);
  if (end === null) return 'broken';
  const count = bytes.readUInt16LE(end + 10);
  if (count > limits.entries) return 'too_large';
  let at = bytes.readUInt32LE(end + 16);
  let left = limits.bytes;
  const contents: Buffer[] = [];
  try {
    for (let entry = 0; entry < count; entry += 1) {
      if (bytes.readUInt32LE(at) !== entrySignature) return 'broken';
      // Whoever unfolds the archive later may set aside what it announces.
      if (bytes.readUInt32LE(at + 24) > left) return 'too_large';
      const content = unfoldEntry(bytes, at, left);
      if (content === null) return 'broken';
      left -= content.length;
      if (left < 0) return 'too_large';
      contents.push(content);
      at += entryLength + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
  } catch (error) {
    return isCode(error, 'ERR_BUFFER_TOO_LARGE') ? 'too_large' : 'broken';
  }
  return contents;
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

function findEnd(bytes: Buffer): number | null {
  const first = Math.max(0, bytes.length - endLength - longestComment);
  for (let at = bytes.length - endLength; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature) return at;
  }
  return null;
}

function unfoldEntry(bytes: Buffer, at: number, most: number): Buffer | null {
  const method = bytes.readUInt16LE(at + 10);
  const length = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  if (bytes.readUInt32LE(local) !== localSignature) return null;
  const start = local + localLength + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + length > bytes.length) return null;
  const folded = bytes.subarray(start, start + length);
  if (method === stored) return folded;
  return method === deflated ? inflateRawSync(folded, { maxOutputLength: Math.max(1, most) }) : null;
}
