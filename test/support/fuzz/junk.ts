import { createDraws, type Draws } from './draws';

/** Would run as a script if a page repeated it unescaped. */
export const planted = '"><script>planted</script>';

const texts: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '0',
  '-1',
  '1e309',
  'null',
  'undefined',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  planted,
  `' OR '1'='1`,
  `'; DROP TABLE response; --`,
  '\\',
  '\u0000',
  'a\u0000b',
  '\r\nSet-Cookie: planted=1',
  '\uFFFE\uFFFF',
  'æøå ÆØÅ',
  '😀'.repeat(20),
  '../../../../etc/passwd',
  '{{7*7}}',
  '<%= 7*7 %>',
  '${7*7}',
  '=HYPERLINK("x")',
  '2026-13-45',
  '99999999999999999999',
  '00000000-0000-0000-0000-000000000000',
  'x'.repeat(43),
  'x'.repeat(1_500),
];

/** Percent-encodings that decode to nothing sensible. */
const brokenEncodings = [
  '%',
  '%E0%A4%A',
  '%ff',
  '%00',
  '%C0%80',
  '%ED%A0%80',
  '%2e%2e%2f',
  '%5c..%5c',
  '%u0041',
  '+',
  ';',
];

export function drawText(draws: Draws): string {
  return draws.one(texts);
}

/** A value as it stands in an address or a form: encoded well or badly. */
export function drawEncoded(draws: Draws): string {
  return draws.chance(0.3) ? draws.one(brokenEncodings) : encodeURIComponent(drawText(draws));
}

/** Bytes that mean nothing. */
export function drawBytes(draws: Draws, most: number): Buffer {
  const seed = draws.below(2 ** 31);
  const own = createDraws(seed);
  return Buffer.from(Array.from({ length: own.below(most) }, () => own.below(256)));
}
