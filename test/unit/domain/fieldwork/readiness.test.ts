import { listOrganisationGaps, listWaveGaps } from '../../../../src/domain/fieldwork/privacy';
import {
  checkClosing,
  checkOpening,
  listObstacles,
  type OpeningFacts,
  type ReadinessCheck,
} from '../../../../src/domain/fieldwork/readiness';

const member = { isLeftOut: false, units: 9, invited: 9, hasContact: true, hasPrivacyGaps: false };
const ready: OpeningFacts = {
  today: '2026-03-01',
  incompleteLanguages: [],
  members: [
    { ...member, name: 'Asker' },
    { ...member, name: 'Lier', isLeftOut: true, units: 0, invited: 0, hasContact: false, hasPrivacyGaps: true },
  ],
  testMail: { receivedOn: '2026-02-27' },
  waveGaps: [],
  opensOn: '2026-03-01',
  closesOn: '2026-03-20',
  retentionDays: 180,
  uselessPeers: null,
};

function statuses(checks: readonly ReadinessCheck[]): Record<string, string> {
  return Object.fromEntries(checks.filter(({ status }) => status !== 'ok').map(({ name, status }) => [name, status]));
}

function opening(changes: Partial<OpeningFacts>): Record<string, string> {
  return statuses(checkOpening({ ...ready, ...changes }));
}

describe('before opening', () => {
  it('nothing is missing when everything is there, whatever those left out lack', () => {
    expect(opening({})).toEqual({});
  });

  it.each<[string, Partial<OpeningFacts>, Record<string, string>]>([
    ['a language', { incompleteLanguages: ['da'] }, { languages: 'missing' }],
    ['a member without invited', { members: [{ ...member, name: 'Asker', invited: 0 }] }, { frame: 'missing' }],
    ['members', { members: [] }, { frame: 'missing' }],
    [
      'a frame without those left out',
      {
        members: [
          { ...member, name: 'Asker' },
          { ...member, name: 'Lier', isLeftOut: true },
        ],
      },
      { left_out: 'missing' },
    ],
    ['a contact', { members: [{ ...member, name: 'Asker', hasContact: false }] }, { contacts: 'advice' }],
    ['the privacy set-up', { waveGaps: ['purpose'] }, { privacy: 'missing' }],
    [
      'privacy of a member',
      { members: [{ ...member, name: 'Asker', hasPrivacyGaps: true }] },
      { privacy_organisations: 'missing' },
    ],
    ['a test mail', { testMail: { receivedOn: null } }, { test_mail: 'advice' }],
    ['a deadline', { closesOn: null }, { deadline: 'advice' }],
    ['a deadline ahead', { closesOn: '2026-02-28' }, { deadline: 'missing' }],
    ['time between deadline and deletion', { retentionDays: 10 }, { retention: 'missing' }],
    ['the planned day, which is ahead', { opensOn: '2026-03-05' }, { opening_day: 'advice' }],
    ['the planned day, which has passed', { opensOn: '2026-02-05' }, { opening_day: 'advice' }],
  ])('%s is told', (_what, changes, expected) => {
    expect(opening(changes)).toEqual(expected);
  });

  it('an installation without mail asks for no test mail, and a deadline today is in time', () => {
    expect(checkOpening({ ...ready, testMail: null }).map(({ name }) => name)).not.toContain('test_mail');
    expect(opening({ closesOn: '2026-03-01' })).toEqual({});
  });

  it('only what is missing stands in the way', () => {
    const checks = checkOpening({ ...ready, closesOn: null, waveGaps: ['processor'] });
    expect(listObstacles(checks).map(({ name }) => name)).toEqual(['privacy']);
  });
});

describe('before closing', () => {
  const facts = {
    today: '2026-03-21',
    closesOn: '2026-03-20',
    targetResponseRate: 50,
    invited: 40,
    minimumCellSize: 7,
  };

  it('nothing stands in the way', () => {
    const checks = checkClosing({ ...facts, today: '2026-03-20', answered: 6 });
    expect(statuses(checks)).toEqual({ deadline_passed: 'advice', target: 'advice', answers: 'advice' });
    expect(listObstacles(checks)).toEqual([]);
  });

  it('a target that is reached exactly is reached', () => {
    expect(statuses(checkClosing({ ...facts, answered: 20 }))).toEqual({});
    expect(statuses(checkClosing({ ...facts, answered: 19 }))).toEqual({ target: 'advice' });
  });
});

describe('the privacy set-up', () => {
  const privacy = {
    purpose: { nb: 'a', nn: 'a', en: 'a', da: 'a' },
    legalBasis: 'public_task',
    nationalBasis: 'lov',
    confirmedBy: 'Ola',
    confirmedOn: '2026-01-01',
    processor: 'Drift',
  } as const;
  const part = {
    controller: 'Asker',
    officerName: 'Pia',
    officerEmail: 'p@example.org',
    agreementOn: '2026-01-01',
    discussedOn: '2026-01-01',
  };

  it('is complete only with everything', () => {
    expect(listWaveGaps(privacy)).toEqual([]);
    expect(listWaveGaps({ ...privacy, purpose: { ...privacy.purpose, da: ' ' } })).toEqual(['purpose']);
    expect(listWaveGaps({ ...privacy, confirmedOn: null })).toEqual(['confirmation']);
    expect(listWaveGaps({ ...privacy, nationalBasis: null, processor: null })).toEqual(['national_basis', 'processor']);
    expect(listWaveGaps(null)).toEqual(['purpose', 'national_basis', 'confirmation', 'processor']);
  });

  it('needs an officer, an agreement and a discussion of every organisation', () => {
    expect(listOrganisationGaps(part)).toEqual([]);
    expect(listOrganisationGaps({ ...part, officerEmail: null })).toEqual(['officer']);
    expect(listOrganisationGaps({ ...part, agreementOn: null, discussedOn: null })).toEqual([
      'agreement',
      'discussion',
    ]);
    expect(listOrganisationGaps(null)).toEqual(['officer', 'agreement', 'discussion']);
  });
});
