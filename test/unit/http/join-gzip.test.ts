import { randomBytes } from 'node:crypto';
import { deflateRawSync, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { joinGzip } from '../../../src/http/join-gzip';

function join(start: Buffer, plain: Buffer): Buffer {
  return joinGzip(start, { plain, deflated: deflateRawSync(plain, { level: 9 }) });
}

test('any two parts come out one after the other', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2000 }),
      fc.uint8Array({ minLength: 1, maxLength: 2000 }),
      (start, plain) => {
        const [first, second] = [Buffer.from(start), Buffer.from(plain)];
        expect(gunzipSync(join(first, second)).equals(Buffer.concat([first, second]))).toBe(true);
      },
    ),
  );
});

test.each([65_534, 65_535, 65_536, 200_000])('a first part of %i bytes is taken whole', (length) => {
  const start = randomBytes(length);
  const plain = Buffer.from('Sammenligning '.repeat(1000));
  expect(gunzipSync(join(start, plain)).equals(Buffer.concat([start, plain]))).toBe(true);
});

test('the length tells nothing about the first part but its length', () => {
  const plain = Buffer.from('Sammenligning '.repeat(1000));
  const lengths = ['a'.repeat(40), 'Sammenligning Sammenligning Sammenlignin'].map(
    (text) => join(Buffer.from(text), plain).length,
  );
  expect(lengths[0]).toBe(lengths[1]);
});
