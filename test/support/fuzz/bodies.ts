import { gzipSync } from 'node:zlib';
import type { Draws } from './draws';
import { drawBytes, drawEncoded } from './junk';

/** A body with the headers that go with it. */
export interface Body {
  readonly bytes: Buffer;
  readonly headers: readonly string[];
  /** The server may end the connection before it has taken all of it. */
  readonly mayBeCut: boolean;
  /** The body ends before its announced length. */
  readonly isUnfinished: boolean;
}

const form = 'application/x-www-form-urlencoded';
const questions = [
  'uses_tool',
  'purposes',
  'training',
  'training_hours',
  'wish',
  'intro_product',
  'novelty',
  'heard_from',
];
const ownFields = ['_form', '_page', '_action', '_from', '_clear', '_language', '_revision', '_asked', '_csrf'];
const likelyValues = [
  'yes',
  'no',
  'next',
  'back',
  'save',
  'tools',
  'introduced',
  'agree',
  '12',
  'nn',
  '0',
  '1',
  'review',
];
const otherTypes = [
  'application/json',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/x-www-form-urlencoded; charset=utf-7',
  'application/x-www-form-urlencoded; charset=latin1',
  'text/html; charset="',
  '%%%',
];

function drawFields(draws: Draws, known: readonly string[]): string {
  const fields = [...known];
  const count = draws.chance(0.02) ? 600 : draws.below(8);
  for (let field = 0; field < count; field += 1) {
    const name = draws.chance(0.8) ? draws.one([...questions, ...ownFields]) : drawEncoded(draws);
    const value = draws.chance(0.5) ? draws.one(likelyValues) : drawEncoded(draws);
    fields.push(draws.chance(0.05) ? `${name}[${value}]=${value}` : `${name}=${value}`);
  }
  return fields.join('&');
}

function describe(bytes: Buffer, type: string, more: readonly string[] = []): Body {
  const headers = [`Content-Type: ${type}`, `Content-Length: ${bytes.length}`, ...more];
  return { bytes, headers, mayBeCut: false, isUnfinished: false };
}

function drawChunked(draws: Draws, text: string): Body {
  const size = draws.chance(0.3) ? 'zz' : text.length.toString(16);
  const end = draws.chance(0.2) ? '' : '0\r\n\r\n';
  return {
    bytes: Buffer.from(`${size}\r\n${text}\r\n${end}`),
    headers: [`Content-Type: ${form}`, 'Transfer-Encoding: chunked'],
    mayBeCut: false,
    isUnfinished: end === '',
  };
}

/**
 * Draws a body: mostly forms of ours with sound and unsound values.
 * @param draws stream of draws
 * @param known encoded fields that make the form a valid one
 */
export function drawBody(draws: Draws, known: readonly string[]): Body {
  const text = drawFields(draws, known);
  switch (draws.below(20)) {
    case 0:
      return describe(Buffer.from(text), draws.one(otherTypes));
    case 1:
      return drawChunked(draws, text);
    case 2:
      return describe(gzipSync(text), form, [`Content-Encoding: ${draws.one(['gzip', 'br', 'x', 'deflate'])}`]);
    case 3:
      return { ...describe(Buffer.from(`${text}&wish=${'x'.repeat(150_000)}`), form), mayBeCut: true };
    case 4:
      return describe(drawBytes(draws, 300), form);
    case 5:
      return {
        bytes: Buffer.from(text),
        headers: [`Content-Type: ${form}`, `Content-Length: ${text.length + 10}`],
        mayBeCut: false,
        isUnfinished: true,
      };
    case 6:
      return describe(Buffer.from(`${text}&wish=${encodeURIComponent('x'.repeat(20_000))}`), form);
    default:
      return describe(Buffer.from(text), form);
  }
}
