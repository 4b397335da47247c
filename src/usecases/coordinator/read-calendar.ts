import type { Context } from '../../context';
import { selectTargetRate, selectWaveOrganisations } from '../../db/board-waves';
import { selectNetworkSummaries, type NetworkSummary } from '../../db/overviews';
import { selectWaves, type Wave } from '../../db/waves';
import { countEligible } from '../../domain/fieldwork/board/counts';
import { isHeldBack } from '../../domain/fieldwork/release-choice';
import { viewOf, type BoardRow } from '../../domain/fieldwork/board/rows';
import { can, canSomewhere, type Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { loadBoardRows } from '../load-board-rows';

/** How many have answered, as far as it may be told. */
export interface CalendarRate {
  readonly answered: number;
  readonly eligible: number;
}

/** One wave in the calendar. */
export interface CalendarWave {
  readonly wave: Pick<Wave, 'key' | 'period' | 'state' | 'openedOn' | 'closesOn' | 'closedOn' | 'releasedOn'>;
  /** Response rate aimed at, whole per cent. */
  readonly target: number | null;
  /** Of the network, or of the reader's own organisation; null: too few invited, not opened, or not for this reader. */
  readonly rate: CalendarRate | null;
  /** Members with units in the frame, by name. */
  readonly members: readonly { readonly name: string; readonly rate: CalendarRate | null }[];
  readonly canSeeFieldwork: boolean;
  /** Released, and not held back from this reader. */
  readonly canSeeResults: boolean;
}

/** A network's waves, newest first. */
export interface CalendarNetwork {
  readonly name: string;
  readonly isDemo: boolean;
  readonly waves: readonly CalendarWave[];
}

/**
 * Reads where every wave stands that somebody has to do with: being prepared, in the field, closed or released.
 * @param context the process' context
 * @param actor who asks
 * @returns networks by name; those that the actor has no right in are left out
 * @throws AppError sign_in_needed
 */
export async function readCalendar(context: Context, actor: Actor): Promise<readonly CalendarNetwork[]> {
  if (actor.kind === 'anonymous') throw new AppError('sign_in_needed');
  const networks = (await selectNetworkSummaries(context.db)).filter(({ id }) =>
    canSomewhere(actor, 'see results', id),
  );
  const waves = await selectWaves(context.db);
  return Promise.all(
    networks.map(async ({ id, name, isDemo, waves: summaries }: NetworkSummary) => ({
      name,
      isDemo,
      waves: await Promise.all(
        waves
          .filter(({ networkId }) => networkId === id)
          .sort(compareWaves)
          .map((wave) =>
            describeWave(context, actor, {
              wave,
              embargoUntil: summaries.find(({ key }) => key === wave.key)?.embargoUntil ?? null,
            }),
          ),
      ),
    })),
  );
}

function compareWaves(first: Wave, second: Wave): number {
  if (first.period !== second.period) return first.period < second.period ? 1 : -1;
  return first.key < second.key ? 1 : -1;
}

async function describeWave(
  context: Context,
  actor: Actor,
  { wave, embargoUntil }: { readonly wave: Wave; readonly embargoUntil: Date | null },
): Promise<CalendarWave> {
  const { networkId } = wave;
  const canSeeFieldwork = canSomewhere(actor, 'see own fieldwork', networkId);
  const seesAll = can(actor, 'see fieldwork', { networkId, organisationId: null });
  const { rows } = canSeeFieldwork ? await loadBoardRows(context, wave) : { rows: [] };
  const organisations = await selectWaveOrganisations(context.db, wave.id);
  const members = organisations.map(({ id, key, name }) => {
    const isOwn = can(actor, 'see own fieldwork', { networkId, organisationId: id });
    return { name, isOwn, rate: isOwn ? findRate(rows, key) : null };
  });
  const own = members.filter(({ isOwn }) => isOwn);
  return {
    wave,
    target: await selectTargetRate(context.db, wave.id),
    rate: seesAll ? findRate(rows, null) : (own[0]?.rate ?? null),
    members,
    canSeeFieldwork,
    canSeeResults:
      wave.state === 'released' &&
      can(actor, 'see results', { networkId, organisationId: null }) &&
      (can(actor, 'manage wave', { networkId, organisationId: null }) || !isHeldBack(embargoUntil, context.now())),
  };
}

function findRate(rows: readonly BoardRow[], organisation: string | null): CalendarRate | null {
  const row = rows.find((each) => {
    const view = viewOf(each);
    return (view === 'network' || view === 'organisation') && each.organisation === organisation;
  });
  return row === undefined ? null : { answered: row.counts.answered, eligible: countEligible(row.counts) };
}
