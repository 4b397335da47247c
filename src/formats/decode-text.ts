/** How the letters of a text file are written. */
export type TextEncoding = 'utf-8' | 'windows-1252' | 'utf-16';

/**
 * What Windows-1252 has where Latin-1 has control characters, from 0x80 to 0x9f (Unicode, "cp1252 to Unicode table"). TextDecoder of some versions of
 * Node decodes it as Latin-1, so it is done here.
 */
const windowsSigns = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Reads the letters of a text file. What is not UTF-8 is taken for Windows-1252, which older Norwegian spreadsheets write
 * and which is Latin-1 with a few signs more; a file with a byte order mark of UTF-16 ("Unicode text") is read as that.
 * @param bytes content of the file
 * @returns the text without a byte order mark, and how it was written
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: TextEncoding } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: decodeWindows(bytes), encoding: 'windows-1252' };
  }
}

function decodeWindows(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin.replaceAll(/[\u0080-\u009f]/g, (sign) => windowsSigns.charAt(sign.charCodeAt(0) - 0x80));
}
