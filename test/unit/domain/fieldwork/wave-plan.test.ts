import { readWavePlan, type WavePlanForm } from '../../../../src/domain/fieldwork/read-wave-plan';
import { isHeldBack, readNorwegianTime, writeNorwegianTime } from '../../../../src/domain/fieldwork/release-choice';

const form: WavePlanForm = {
  period: ' 2025–2026 ',
  instrument: 'workplace/1',
  level: 'anonym',
  k: '7',
  mayBePublic: true,
  publicK: '10',
  population: 'managers',
  opensOn: '2026-03-01',
  closesOn: '2026-03-20',
  target: '60',
  retentionDays: '180',
  members: ['asker'],
};

function faultsOf(changes: Partial<WavePlanForm>): readonly string[] {
  return readWavePlan({ ...form, ...changes }, '2026-02-20').faults.map(
    ({ field, key }) => `${field} ${key.split('.')[2]}`,
  );
}

describe('the form of a draft wave', () => {
  it('is read as it is meant', () => {
    expect(readWavePlan(form, '2026-02-20')).toEqual({
      faults: [],
      plan: {
        period: '2025–2026',
        anonymityLevel: 'anonym',
        minimumCellSize: 7,
        publicCellSize: 10,
        population: 'managers',
        opensOn: '2026-03-01',
        closesOn: '2026-03-20',
        targetResponseRate: 60,
        retentionDays: 180,
      },
    });
  });

  it('without public figures has no public limit, whatever stands there', () => {
    const { plan, faults } = readWavePlan({ ...form, mayBePublic: false, publicK: 'x', target: '' }, '2026-02-20');
    expect([plan.publicCellSize, plan.targetResponseRate, faults]).toEqual([null, null, []]);
  });

  it.each<[Partial<WavePlanForm>, string]>([
    [{ period: ' ' }, 'period period'],
    [{ period: 'x'.repeat(41) }, 'period period'],
    [{ level: 'hemmelig' }, 'level choose'],
    [{ population: '' }, 'population choose'],
    [{ k: '4' }, 'k number'],
    [{ k: '7,5' }, 'k number'],
    [{ publicK: '9' }, 'publicK number'],
    [{ k: '12' }, 'publicK public_k'],
    [{ retentionDays: '0' }, 'retentionDays number'],
    [{ target: '101' }, 'target number'],
    [{ closesOn: '2026-02-30' }, 'closesOn date'],
    [{ opensOn: 'i morgen' }, 'opensOn date'],
    [{ closesOn: '2026-02-19', opensOn: '' }, 'closesOn deadline_past'],
    [{ closesOn: '2026-02-28' }, 'closesOn deadline_first'],
    [{ members: [] }, 'members members'],
  ])('%j is %s', (changes, expected) => {
    expect(faultsOf(changes)).toEqual([expected]);
  });
});

describe('Norwegian time', () => {
  it.each([
    ['2026-01-15T10:00', '2026-01-15T09:00:00.000Z'],
    ['2026-07-15T10:00', '2026-07-15T08:00:00.000Z'],
    ['2026-10-25T02:30', '2026-10-25T01:30:00.000Z'],
  ])('%s is %s', (text, moment) => {
    expect(readNorwegianTime(text)?.toISOString()).toBe(moment);
    expect(writeNorwegianTime(new Date(moment))).toBe(text);
  });

  it.each(['2026-03-29T02:30', '2026-02-30T10:00', '2026-01-15T25:00', '2026-01-15', 'snart'])(
    '%s is no time',
    (text) => {
      expect(readNorwegianTime(text)).toBeNull();
    },
  );

  it('an embargo ends on the very moment', () => {
    const until = new Date('2026-01-15T09:00:00Z');
    expect(isHeldBack(until, new Date(until.getTime() - 1))).toBe(true);
    expect(isHeldBack(until, until)).toBe(false);
    expect(isHeldBack(null, until)).toBe(false);
  });
});
