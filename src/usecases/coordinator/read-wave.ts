import type { Context } from '../../context';
import { selectFieldworkCounts, type OrganisationFieldwork } from '../../db/fieldwork-counts';
import { selectStrata, selectUnits } from '../../db/frames';
import { selectHasInvited } from '../../db/mailings';
import { selectNetwork } from '../../db/networks';
import { selectOptionalNewestRelease } from '../../db/releases';
import { selectOptionalWaveJob, type WaveJob } from '../../db/wave-jobs';
import { type Wave } from '../../db/waves';
import { forecastHidden, type ForecastHidden } from '../../domain/disclosure/forecast';
import { buildStrata } from '../../domain/fieldwork/build-strata';
import type { LocalisedText } from '../../domain/languages';
import { isHeldBack } from '../../domain/fieldwork/release-choice';
import { toDate } from '../../domain/fieldwork/wave-state';
import { can, type Actor } from '../../domain/permissions';
import { findWave } from '../authorise';
import { isStepWanted } from '../wave-step-wanted';

/** Share of the invited that the forecast counts on; the Danish rounds got 35-50 %, the Norwegian ones 42-48 %. */
export const expectedResponseRate = 0.5;

/** Counts of invitations of one organisation, or of all that are told about. Nothing about answers. */
export interface FieldworkCount {
  readonly invited: number;
  /** Null when the wave is not open: who opened a link is no longer of use. */
  readonly opened: number | null;
  readonly answered: number;
  /** Invited without those found not to belong to the population; the response rate is a share of these. */
  readonly eligible: number;
}

export interface WaveOverview {
  readonly wave: Pick<
    Wave,
    'key' | 'networkId' | 'period' | 'state' | 'anonymityLevel' | 'openedOn' | 'closesOn' | 'closedOn' | 'releasedOn'
  >;
  readonly instrument: { readonly title: LocalisedText; readonly version: number };
  readonly network: { readonly name: string; readonly isDemo: boolean };
  readonly networkKey: string;
  readonly minimumCellSize: number;
  readonly canManage: boolean;
  readonly canSeeResults: boolean;
  /** How a released wave is released; null before. */
  readonly release: { readonly isPublic: boolean; readonly heldBackUntil: Date | null } | null;
  /** Closing or releasing that is under way, or that failed; for those who run the wave. */
  readonly job: Pick<WaveJob, 'step' | 'state' | 'phase' | 'done' | 'total' | 'error'> | null;
  readonly isUnderWay: boolean;
  /** Whether the wave is open though its deadline has passed: it takes answers until somebody closes it. */
  readonly isOverdue: boolean;
  /** Whether mail of an open wave has been sent or planned, or links have been handed out. */
  readonly hasInvited: boolean;
  /** By name; organisations with fewer invited than the smallest group are left out. None while a job is under way. */
  readonly organisations: readonly (FieldworkCount & { readonly key: string; readonly name: string })[];
  /** Sum of the organisations listed; null for somebody who sees only their own. */
  readonly total: FieldworkCount | null;
  /** Before opening, for those who run the wave; null otherwise. */
  readonly forecast:
    readonly (Omit<ForecastHidden, 'group' | 'reason'> & { readonly organisationName: string })[] | null;
}

/**
 * Reads how a wave is going: dates, promises, participation; never a result.
 * @param context the process' context
 * @param actor who asks; a contact of one organisation sees that organisation only
 * @param input key of the wave
 * @returns the overview
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readWave(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<WaveOverview> {
  const wave = await findWave(context.db, actor, {
    key: input.waveKey,
    action: 'see own fieldwork',
    scope: 'somewhere',
  });
  const network = await selectNetwork(context.db, wave.networkKey);
  const inNetwork = { networkId: wave.networkId, organisationId: null };
  const seesAll = can(actor, 'see fieldwork', inNetwork);
  const canManage = can(actor, 'manage wave', inNetwork);
  const job = await readJob(context, wave);
  const isUnderWay = job !== null && job.state !== 'failed';
  const counts = isUnderWay ? [] : await selectFieldworkCounts(context.db, wave.id);
  const own = counts.filter(({ organisationId }) =>
    can(actor, 'see own fieldwork', { networkId: wave.networkId, organisationId }),
  );
  const k = wave.policy.minimumCellSize;
  const organisations = (await countFieldwork(context, wave, own)).filter(({ invited }) => invited >= k);
  const release = await readRelease(context, wave);
  const { title, version } = await context.instruments.load(context.db, wave.instrumentVersionId);
  return {
    wave,
    instrument: { title, version },
    network: { name: network.name, isDemo: network.isDemo },
    networkKey: wave.networkKey,
    release,
    minimumCellSize: k,
    canManage,
    canSeeResults: isThereFor(release, { canManage }) && can(actor, 'see results', inNetwork),
    job: canManage ? job : null,
    isUnderWay,
    isOverdue: isOverdue(wave, toDate(context.now())),
    hasInvited: wave.state === 'open' && (await selectHasInvited(context.db, wave.id)),
    organisations,
    total: seesAll && !isUnderWay ? sumCounts(organisations) : null,
    forecast: seesAll && wave.state === 'draft' ? await forecastWave(context, wave, counts) : null,
  };
}

function isOverdue({ state, closesOn }: Wave, today: string): boolean {
  return state === 'open' && closesOn !== null && closesOn < today;
}

function isThereFor(release: WaveOverview['release'], { canManage }: { readonly canManage: boolean }): boolean {
  return release !== null && (canManage || release.heldBackUntil === null);
}

async function readRelease(context: Context, wave: Wave): Promise<WaveOverview['release']> {
  const newest = wave.state === 'released' ? await selectOptionalNewestRelease(context.db, wave.id) : null;
  if (newest === null) return null;
  const { isPublic, embargoUntil } = newest;
  return { isPublic, heldBackUntil: isHeldBack(embargoUntil, context.now()) ? embargoUntil : null };
}

/** What the command line did meanwhile counts more than what was asked for on the page. */
async function readJob(context: Context, wave: Wave): Promise<WaveJob | null> {
  const job = await selectOptionalWaveJob(context.db, wave.id);
  return job !== null && (await isStepWanted(context.db, wave, job.step)) ? job : null;
}

/** Invitations are deleted some time after the wave; from closing on the counts kept with the strata are used. */
async function countFieldwork(
  context: Context,
  wave: Wave,
  counts: readonly OrganisationFieldwork[],
): Promise<WaveOverview['organisations']> {
  const isSealed = wave.state === 'closed' || wave.state === 'released';
  if (!isSealed) {
    const isOpen = wave.state === 'open';
    return counts.map(({ key, name, invited, opened, answered }) => {
      return { key, name, invited, opened: isOpen ? opened : null, answered, eligible: invited };
    });
  }
  const strata = await selectStrata(context.db, wave.id);
  return counts.map(({ key, name }) => {
    const own = strata.filter(({ organisation }) => organisation === key);
    const sum = (read: (stratum: (typeof strata)[number]) => number): number =>
      own.reduce((total, stratum) => total + read(stratum), 0);
    return {
      key,
      name,
      invited: sum(({ invitedCount }) => invitedCount),
      opened: null,
      answered: sum(({ respondentCount }) => respondentCount),
      eligible: sum(({ invitedCount, ineligibleCount }) => invitedCount - ineligibleCount),
    };
  });
}

function sumCounts(counts: readonly FieldworkCount[]): FieldworkCount {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    invited: sum(counts.map(({ invited }) => invited)),
    opened: counts.some(({ opened }) => opened === null) ? null : sum(counts.map(({ opened }) => opened ?? 0)),
    answered: sum(counts.map(({ answered }) => answered)),
    eligible: sum(counts.map(({ eligible }) => eligible)),
  };
}

async function forecastWave(
  context: Context,
  wave: Wave,
  counts: readonly OrganisationFieldwork[],
): Promise<WaveOverview['forecast']> {
  const units = await selectUnits(context.db, wave.id);
  if (units.length === 0) return null;
  const names = new Map(counts.map(({ key, name }) => [key, name]));
  const strata = buildStrata(units, wave.anonymityLevel);
  return forecastHidden({ strata, expectedResponseRate, policy: wave.policy }).map(
    ({ organisation, sector, invitedCount, expectedValidCount }) => ({
      organisation,
      organisationName: names.get(organisation) ?? organisation,
      sector,
      invitedCount,
      expectedValidCount,
    }),
  );
}
