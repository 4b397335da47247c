import fc from 'fast-check';
import { isEmail } from '../../../../src/domain/fieldwork/contact';
import {
  carriesAnswers,
  dispositionAtClosing,
  readDisposition,
  toStoredDisposition,
} from '../../../../src/domain/fieldwork/dispositions';
import { isOrganisationNumber } from '../../../../src/domain/fieldwork/organisation-number';
import { createToken, hashToken } from '../../../../src/domain/fieldwork/tokens';
import { industryGroupOf, isUnitType, unitTypes } from '../../../../src/domain/fieldwork/unit-types';
import { addDays, isNextState, stateBefore, toDate } from '../../../../src/domain/fieldwork/wave-state';

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 8 }).map((list) => list.join(''));
const withCheckDigit = (eight: string) =>
  Array.from({ length: 10 }, (_, last) => `${eight}${last}`).filter(isOrganisationNumber);

describe('organisation numbers', () => {
  test.each(['920125298', '958935420', '971032146', '974760673'])('%s of the register is accepted', (number) => {
    expect(isOrganisationNumber(number)).toBe(true);
  });

  test.each(['', '92012529', '9201252980', '920 125 298', '920125299', 'abcdefghi', '٩٢٠١٢٥٢٩٨'])(
    '"%s" is refused',
    (text) => {
      expect(isOrganisationNumber(text)).toBe(false);
    },
  );

  test('eight digits have one check digit or none, and any single changed digit is noticed', () => {
    fc.assert(
      fc.property(digits, fc.nat(7), fc.integer({ min: 1, max: 9 }), (eight, position, change) => {
        const numbers = withCheckDigit(eight);
        expect(numbers.length).toBeLessThanOrEqual(1);
        for (const number of numbers) {
          const changed = Array.from(number, Number);
          changed[position] = ((changed[position] ?? 0) + change) % 10;
          expect(isOrganisationNumber(changed.join(''))).toBe(false);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('tokens', () => {
  test('carry all their random bits and are stored as a hash that differs', () => {
    const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));
    const token = createToken((count) => bytes.subarray(0, count));
    expect(Buffer.from(token, 'base64url')).toEqual(bytes);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(hashToken(token)).toHaveLength(32);
    // SHA-256 of "abc": FIPS 180-4, example.
    expect(hashToken('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('waves', () => {
  test('states follow each other one at a time and never go back', () => {
    expect(isNextState('draft', 'open')).toBe(true);
    expect(isNextState('open', 'closed')).toBe(true);
    expect(isNextState('closed', 'released')).toBe(true);
    expect(isNextState('open', 'draft')).toBe(false);
    expect(isNextState('draft', 'closed')).toBe(false);
    expect(isNextState('released', 'released')).toBe(false);
    expect(stateBefore('closed')).toBe('open');
    expect(() => stateBefore('draft')).toThrow(RangeError);
  });

  test('days are Norwegian calendar days, over summer time and leap years', () => {
    expect(toDate(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
    expect(toDate(new Date('2026-12-31T22:30:00Z'))).toBe('2026-12-31');
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2026-11-22', 180)).toBe('2027-05-21');
  });
});

describe('dispositions', () => {
  test('complete and partial are stored alike', () => {
    expect([toStoredDisposition('I'), toStoredDisposition('P'), toStoredDisposition('NE')]).toEqual([
      'answered',
      'answered',
      'NE',
    ]);
    expect([carriesAnswers('P'), carriesAnswers('O')]).toEqual([true, false]);
  });

  test('what was begun is a break-off, what was never opened a non-contact', () => {
    expect([dispositionAtClosing(true), dispositionAtClosing(false)]).toEqual(['R', 'NC']);
  });

  test('only AAPOR codes are read', () => {
    expect([readDisposition('UE'), readDisposition('i'), readDisposition('')]).toEqual(['UE', null, null]);
  });
});

describe('types of unit', () => {
  test('every type but annet is mapped to a division of DB07', () => {
    for (const type of unitTypes.filter(isUnitType)) {
      expect(industryGroupOf(type)).toEqual(type === 'annet' ? null : expect.stringMatching(/^\d{2}$/));
    }
    expect(isUnitType('toString')).toBe(false);
  });
});

describe('e-mail addresses', () => {
  test.each(['kari@asker.kommune.no', "o'neil+x@example.org"])('%s is accepted', (text) => {
    expect(isEmail(text)).toBe(true);
  });
  test.each(['kari', 'kari@asker', 'a b@c.no', '<a@b.no>', 'a@b@c.no', `${'a'.repeat(250)}@b.no`])(
    '%s is refused',
    (text) => {
      expect(isEmail(text)).toBe(false);
    },
  );
});
