import type { Context } from '../../context';
import { selectMailingDays, type MailingDay } from '../../db/board-cells';
import {
  selectOptionalPreviousWave,
  selectTargetRate,
  selectWaveOrganisations,
  type WaveOrganisation,
} from '../../db/board-waves';
import { selectOptionalDeletionProof, type DeletionProof } from '../../db/deletion-proofs';
import { selectOptionalNetwork } from '../../db/networks';
import type { Wave } from '../../db/waves';
import { selectWithdrawals } from '../../db/withdrawals';
import { countEligible } from '../../domain/fieldwork/board/counts';
import { countByDay, listDays, type FieldworkDay } from '../../domain/fieldwork/board/days';
import { viewOf, type BoardRow } from '../../domain/fieldwork/board/rows';
import { countDaysBetween, toDate } from '../../domain/fieldwork/wave-state';
import { can, type Actor } from '../../domain/permissions';
import { findWave } from '../authorise';
import { loadBoardRows, type BoardRows } from '../load-board-rows';

/** Response rates (RR2, 0-1) of the same group in the network's last wave. */
export interface LastRates {
  /** On the same day of fieldwork; null: closed waves, and waves that came in all at once. */
  readonly sameDay: number | null;
  readonly final: number | null;
}

/** A total with the rates of the last wave, null where that had no such group. */
export type BoardTotal = BoardRow & { readonly name: string | null; readonly last: LastRates | null };

/** How a wave is being answered, as far as somebody may see it. Nothing about answers. */
export interface Board {
  readonly wave: Pick<
    Wave,
    | 'key'
    | 'networkId'
    | 'period'
    | 'state'
    | 'anonymityLevel'
    | 'openedOn'
    | 'closesOn'
    | 'closedOn'
    | 'deleteAddressesOn'
  >;
  readonly network: { readonly name: string; readonly isDemo: boolean };
  readonly minimumCellSize: number;
  /** Response rate aimed at, whole per cent. */
  readonly target: number | null;
  readonly lastPeriod: string | null;
  /** Sum of the organisations below; null for somebody who sees only their own. */
  readonly total: BoardTotal | null;
  /** By name. */
  readonly organisations: readonly BoardTotal[];
  /** Whose parts and days are shown; null: the network's. */
  readonly scope: BoardTotal | null;
  readonly parts: readonly BoardRow[];
  readonly days: readonly FieldworkDay[];
  /** The last wave's days, for the same total. */
  readonly lastDays: { readonly days: readonly FieldworkDay[]; readonly eligible: number } | null;
  readonly mailings: readonly MailingDay[];
  /** Responses taken back; null for those who do not see the whole network. */
  readonly withdrawals: number | null;
  readonly proof: DeletionProof | null;
  readonly canErase: boolean;
}

/**
 * Reads how a wave is being answered: counts of invitations and AAPOR response rates of groups with at least k invited.
 * @param context the process' context
 * @param actor who asks; a contact of one organisation sees that organisation only
 * @param input key of the wave, and of the organisation whose parts are asked for
 * @throws AppError sign_in_needed, wave_unknown, not_allowed
 */
export async function readBoard(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly organisation: string | null },
): Promise<Board> {
  const { db } = context;
  const wave = await findWave(db, actor, { key: input.waveKey, action: 'see own fieldwork', scope: 'somewhere' });
  const seesAll = can(actor, 'see fieldwork', { networkId: wave.networkId, organisationId: null });
  const own = (await selectWaveOrganisations(db, wave.id)).filter(({ id }) =>
    can(actor, 'see own fieldwork', { networkId: wave.networkId, organisationId: id }),
  );
  const loaded = await loadBoardRows(context, wave);
  const previous = wave.state === 'draft' ? null : await loadPrevious(context, wave);
  const totals = listTotals(context, { wave, loaded, previous, own });
  const total = seesAll ? (totals.find((row) => viewOf(row) === 'network') ?? null) : null;
  const organisations = totals.filter((row) => viewOf(row) === 'organisation');
  const asked = organisations.find(({ organisation }) => organisation === input.organisation);
  const scope = asked ?? (seesAll ? null : (organisations[0] ?? null));
  return {
    wave,
    network: await describeNetwork(context, wave),
    minimumCellSize: wave.policy.minimumCellSize,
    target: await selectTargetRate(db, wave.id),
    lastPeriod: previous?.period ?? null,
    total,
    organisations,
    scope,
    ...(seesAll || scope !== null ? describeScope(context, { wave, loaded, previous, scope }) : nothingShown),
    mailings: await selectMailingDays(db, wave.id),
    withdrawals: seesAll ? await selectWithdrawals(db, wave.id) : null,
    proof: await selectOptionalDeletionProof(db, wave.id),
    canErase: can(actor, 'erase responses', { networkId: wave.networkId, organisationId: null }),
  };
}

async function describeNetwork(context: Context, { networkKey }: Wave): Promise<Board['network']> {
  const network = await selectOptionalNetwork(context.db, networkKey);
  return { name: network?.name ?? '', isDemo: network?.isDemo ?? false };
}

type ScopeParts = Pick<Board, 'parts' | 'days' | 'lastDays'>;

const nothingShown: ScopeParts = { parts: [], days: [], lastDays: null };

/** Parts and days of one organisation, or of the network. */
function describeScope(
  context: Context,
  task: {
    readonly wave: Wave;
    readonly loaded: BoardRows;
    readonly previous: Previous | null;
    readonly scope: BoardTotal | null;
  },
): ScopeParts {
  const { wave, loaded, previous, scope } = task;
  return {
    parts: loaded.rows.filter((row) => isPartOf(row, scope)),
    days: listScopeDays(context, wave, { loaded, scope }),
    lastDays: findLastDays(previous, scope),
  };
}

type Previous = BoardRows & { readonly period: string; readonly openedOn: string };

async function loadPrevious(context: Context, wave: Wave): Promise<Previous | null> {
  const previous = await selectOptionalPreviousWave(context.db, wave.id);
  if (previous === null) return null;
  const loaded = await loadBoardRows(context, { ...previous, state: 'closed', policy: wave.policy });
  return { ...loaded, period: previous.period, openedOn: previous.openedOn };
}

function isPartOf(row: BoardRow, scope: BoardTotal | null): boolean {
  const view = viewOf(row);
  return view !== 'network' && view !== 'organisation' && row.organisation === (scope?.organisation ?? null);
}

/** The network's total, and those of the organisations that the reader may see, by name. */
function listTotals(
  context: Context,
  task: {
    readonly wave: Wave;
    readonly loaded: BoardRows;
    readonly previous: Previous | null;
    readonly own: readonly WaveOrganisation[];
  },
): readonly BoardTotal[] {
  const { wave, loaded, previous, own } = task;
  const number =
    wave.state === 'open' && wave.openedOn !== null ? countDaysBetween(wave.openedOn, toDate(context.now())) + 1 : null;
  const toTotal = (row: BoardRow, name: string | null): BoardTotal => ({
    ...row,
    name,
    last: findLastRates(previous, row, number),
  });
  const network = loaded.rows.filter((row) => viewOf(row) === 'network').map((row) => toTotal(row, null));
  const organisations = own.flatMap(({ key, name }) =>
    loaded.rows
      .filter((row) => viewOf(row) === 'organisation' && row.organisation === key)
      .map((row) => toTotal(row, name)),
  );
  return [...network, ...organisations];
}

function findLastRates(previous: Previous | null, { organisation }: BoardRow, number: number | null): LastRates | null {
  const row = previous?.rows.find((each) => each.organisation === organisation && isTotal(each));
  if (previous === null || row === undefined) return null;
  const days = previous.days.filter((day) => day.organisation === organisation);
  const answered = number === null ? null : countByDay(days, previous.openedOn, number);
  const eligible = countEligible(row.counts);
  return { sameDay: answered === null || eligible === 0 ? null : answered / eligible, final: row.rates.rr2 };
}

function isTotal(row: BoardRow): boolean {
  return row.sector === null && row.size === null;
}

function listScopeDays(
  context: Context,
  { openedOn, closedOn }: Wave,
  { loaded, scope }: { readonly loaded: BoardRows; readonly scope: BoardTotal | null },
): readonly FieldworkDay[] {
  if (openedOn === null) return [];
  const organisation = scope?.organisation ?? null;
  const own = loaded.days.filter((day) => day.organisation === organisation);
  return listDays(own, openedOn, closedOn ?? toDate(context.now()));
}

function findLastDays(previous: Previous | null, scope: BoardTotal | null): Board['lastDays'] {
  const organisation = scope?.organisation ?? null;
  const row = previous?.rows.find((each) => each.organisation === organisation && isTotal(each));
  const own = previous?.days.filter((day) => day.organisation === organisation) ?? [];
  const last = own.at(-1);
  if (previous === null || row === undefined || last === undefined) return null;
  // A wave that came in all at once was imported, and has no curve.
  if (new Set(own.map(({ day }) => day)).size < 2) return null;
  return { days: listDays(own, previous.openedOn, last.day), eligible: countEligible(row.counts) };
}
