import type { Language } from '../languages';
import { addDays } from './wave-state';

/** Where something is mended. */
export type ReadinessPlace = 'settings' | 'frame' | 'people' | 'mail' | 'privacy';

/** One line of the list before a step. */
export interface ReadinessCheck {
  readonly name:
    | 'languages'
    | 'frame'
    | 'peers'
    | 'left_out'
    | 'contacts'
    | 'test_mail'
    | 'privacy'
    | 'privacy_organisations'
    | 'deadline'
    | 'retention'
    | 'opening_day'
    | 'deadline_passed'
    | 'target'
    | 'answers';
  /** `missing` stands in the way; `advice` does not. */
  readonly status: 'ok' | 'missing' | 'advice';
  readonly place: ReadinessPlace | null;
  /** What or who it concerns: organisations, languages, parts of the privacy set-up. */
  readonly names: readonly string[];
  /** YYYY-MM-DD, when the line tells one. */
  readonly date: string | null;
}

/** What a draft wave has when somebody wants to open it. Dates are YYYY-MM-DD. */
export interface OpeningFacts {
  readonly today: string;
  /** Languages in which the questionnaire lacks a text. */
  readonly incompleteLanguages: readonly Language[];
  readonly members: readonly {
    readonly name: string;
    readonly isLeftOut: boolean;
    readonly units: number;
    readonly invited: number;
    readonly hasContact: boolean;
    readonly hasPrivacyGaps: boolean;
  }[];
  /** Null: the installation has no mail. */
  readonly testMail: { readonly receivedOn: string | null } | null;
  readonly waveGaps: readonly string[];
  readonly opensOn: string | null;
  readonly closesOn: string | null;
  readonly retentionDays: number;
  /** Names of peer groups that were asked for and cannot be shown; null: none were asked for. */
  readonly uselessPeers: readonly string[] | null;
}

type Line = Pick<ReadinessCheck, 'name' | 'place'> & {
  readonly isOk: boolean;
  readonly otherwise: 'missing' | 'advice';
  readonly names?: readonly string[];
  readonly date?: string | null;
};

function check({ name, place, isOk, otherwise, names = [], date = null }: Line): ReadinessCheck {
  return { name, place, status: isOk ? 'ok' : otherwise, names: isOk ? [] : names, date };
}

/**
 * Lists what is there and what is missing before a wave opens. What respondents are promised, and what cannot be put
 * right afterwards, stands in the way; what can be done later is advice.
 * @param facts what the draft wave has
 * @returns lines in the order in which a round is prepared
 */
export function checkOpening(facts: OpeningFacts): readonly ReadinessCheck[] {
  return [
    ...checkPlan(facts),
    ...checkMembers(facts),
    ...checkPeers(facts),
    ...checkPrivacy(facts),
    ...checkMail(facts),
  ];
}

function checkPlan({
  today,
  incompleteLanguages,
  opensOn,
  closesOn,
  retentionDays,
}: OpeningFacts): readonly ReadinessCheck[] {
  const deletesOn = addDays(today, retentionDays);
  return [
    check({
      name: 'languages',
      place: 'settings',
      isOk: incompleteLanguages.length === 0,
      otherwise: 'missing',
      names: incompleteLanguages,
    }),
    check({
      name: 'deadline',
      place: 'settings',
      isOk: closesOn !== null && closesOn >= today,
      otherwise: closesOn === null ? 'advice' : 'missing',
      date: closesOn,
    }),
    ...(closesOn === null || closesOn <= deletesOn
      ? []
      : [check({ name: 'retention', place: 'settings', isOk: false, otherwise: 'missing', date: deletesOn })]),
    ...(opensOn === null
      ? []
      : [
          check({
            name: 'opening_day',
            place: 'settings',
            isOk: opensOn === today,
            otherwise: 'advice',
            names: [opensOn < today ? 'passed' : 'ahead'],
            date: opensOn,
          }),
        ]),
  ];
}

function checkMembers({ members }: OpeningFacts): readonly ReadinessCheck[] {
  const taking = members.filter(({ isLeftOut }) => !isLeftOut);
  const without = taking.filter(({ invited }) => invited === 0);
  const stray = members.filter(({ isLeftOut, units }) => isLeftOut && units > 0);
  const alone = taking.filter(({ hasContact }) => !hasContact);
  return [
    check({
      name: 'frame',
      place: 'frame',
      isOk: taking.length > 0 && without.length === 0,
      otherwise: 'missing',
      names: nameAll(without),
    }),
    ...(stray.length === 0
      ? []
      : [check({ name: 'left_out', place: 'settings', isOk: false, otherwise: 'missing', names: nameAll(stray) })]),
    check({
      name: 'contacts',
      place: 'people',
      isOk: alone.length === 0,
      otherwise: 'advice',
      names: nameAll(alone),
    }),
  ];
}

/** Without its peer groups a wave can open, but they are never made afterwards. */
function checkPeers({ uselessPeers: names }: OpeningFacts): readonly ReadinessCheck[] {
  if (names === null) return [];
  return [check({ name: 'peers', place: 'settings', isOk: names.length === 0, otherwise: 'advice', names })];
}

function checkPrivacy({ waveGaps, members }: OpeningFacts): readonly ReadinessCheck[] {
  const lacking = members.filter(({ isLeftOut, hasPrivacyGaps }) => !isLeftOut && hasPrivacyGaps);
  return [
    check({
      name: 'privacy',
      place: 'privacy',
      isOk: waveGaps.length === 0,
      otherwise: 'missing',
      names: waveGaps,
    }),
    check({
      name: 'privacy_organisations',
      place: 'privacy',
      isOk: lacking.length === 0,
      otherwise: 'missing',
      names: nameAll(lacking),
    }),
  ];
}

/** Mail can be put right after the opening, and links can be handed out on paper. */
function checkMail({ testMail }: OpeningFacts): readonly ReadinessCheck[] {
  if (testMail === null) return [];
  const { receivedOn } = testMail;
  return [
    check({ name: 'test_mail', place: 'mail', isOk: receivedOn !== null, otherwise: 'advice', date: receivedOn }),
  ];
}

function nameAll(members: readonly { readonly name: string }[]): readonly string[] {
  return members.map(({ name }) => name);
}

/** How an open wave stands when somebody wants to close it. */
export interface ClosingFacts {
  readonly today: string;
  readonly closesOn: string | null;
  /** Whole per cent. */
  readonly targetResponseRate: number | null;
  readonly invited: number;
  readonly answered: number;
  readonly minimumCellSize: number;
}

/**
 * Lists what one should know before a wave closes. Nothing stands in the way: whether to wait is for people to say.
 * @param facts how the open wave stands
 * @returns lines of advice, and those that are well
 */
export function checkClosing(facts: ClosingFacts): readonly ReadinessCheck[] {
  const { today, closesOn, targetResponseRate: target, invited, answered, minimumCellSize } = facts;
  return [
    ...(closesOn === null
      ? []
      : [
          check({
            name: 'deadline_passed',
            place: 'settings',
            isOk: closesOn < today,
            otherwise: 'advice',
            date: closesOn,
          }),
        ]),
    ...(target === null
      ? []
      : [check({ name: 'target', place: null, isOk: 100 * answered >= target * invited, otherwise: 'advice' })]),
    check({ name: 'answers', place: null, isOk: answered >= minimumCellSize, otherwise: 'advice' }),
  ];
}

/**
 * Lists what one should know before a release. A release that would show nothing is refused when it is computed.
 * @param facts answers of the closed wave and its smallest group
 * @returns one line
 */
export function checkRelease(facts: Pick<ClosingFacts, 'answered' | 'minimumCellSize'>): readonly ReadinessCheck[] {
  const isOk = facts.answered >= facts.minimumCellSize;
  return [check({ name: 'answers', place: null, isOk, otherwise: 'advice' })];
}

/**
 * @param checks lines before a step
 * @returns those that stand in the way
 */
export function listObstacles(checks: readonly ReadinessCheck[]): readonly ReadinessCheck[] {
  return checks.filter(({ status }) => status === 'missing');
}
