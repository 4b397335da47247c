import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import {
  createReceiptCode,
  formatReceiptCode,
  markOfWave,
  readReceiptCode,
  toResponseId,
} from '../../../../src/domain/fieldwork/receipt-code';
import { isSoleResponse } from '../../../../src/domain/fieldwork/sole-response';

const waveId = '00000000-0000-4000-8000-000000000001';

describe('a receipt code', () => {
  it('is the mark of its wave and 80 random bits', () => {
    const asked: number[] = [];
    const code = createReceiptCode((count) => {
      asked.push(count);
      return Buffer.alloc(count, 0xff);
    }, waveId);
    expect(asked).toEqual([10]);
    expect(code).toBe(`${markOfWave(waveId)}${'Z'.repeat(16)}`);
    expect(formatReceiptCode(code)).toMatch(/^(?:.{4}-){4}.{4}$/);
  });

  it('is read as people write it', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        fc.constantFrom('-', ' ', '', ' – ', '.'),
        (bytes, sign) => {
          const code = createReceiptCode(() => Buffer.from(bytes), waveId);
          const written = formatReceiptCode(code)
            .replaceAll('-', sign)
            .toLowerCase()
            .replaceAll('0', 'o')
            .replaceAll('1', 'l');
          expect(readReceiptCode(written)).toBe(code);
        },
      ),
    );
  });

  it.each(['', 'ABCD', 'U'.repeat(20), '0'.repeat(21), `${'0'.repeat(19)}Å`])('"%s" is none', (text) => {
    expect(readReceiptCode(text)).toBeNull();
  });

  it('gives a uuid that changes with every character, and differs from wave to wave', () => {
    const codes = Array.from({ length: 200 }, () => createReceiptCode(randomBytes, waveId));
    const ids = codes.map(toResponseId);
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(markOfWave(waveId)).not.toBe(markOfWave('00000000-0000-4000-8000-000000000002'));
  });
});

describe('the only response of a stratum', () => {
  const answered = { inStratum: 1, byUnit: true };
  it.each([
    [{ responses: 1, invitedUnits: 1, answered }, true],
    [{ responses: 1, invitedUnits: 9, answered }, true],
    [{ responses: 1, invitedUnits: 9, answered: { inStratum: 1, byUnit: false } }, false],
    [{ responses: 1, invitedUnits: 9, answered: { inStratum: 2, byUnit: true } }, false],
    [{ responses: 2, invitedUnits: 2, answered: { inStratum: 2, byUnit: true } }, false],
    [{ responses: 0, invitedUnits: 1, answered }, false],
    [{ responses: 1, invitedUnits: 1, answered: null }, true],
    [{ responses: 1, invitedUnits: 2, answered: null }, false],
  ])('%j: certain is %s', (stratum, expected) => {
    expect(isSoleResponse(stratum)).toBe(expected);
  });
});
