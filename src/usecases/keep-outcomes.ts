import type { Context } from '../context';
import { selectAnsweredDays, selectBoardCells, type OrganisationDay } from '../db/board-cells';
import type { Database } from '../db/database';
import { insertFieldworkDays, insertFieldworkOutcomes, type KeptDay } from '../db/fieldwork-outcomes';
import { selectStrata } from '../db/frames';
import { selectResponseBatches } from '../db/response-batches';
import type { Wave } from '../db/waves';
import { listBoardGroups } from '../domain/fieldwork/board/groups';
import { countOutcomes, type KeptResponses } from '../domain/fieldwork/board/outcomes';
import { classifyResponse } from '../domain/fieldwork/classify-response';

/**
 * Keeps what response rates are counted from when a wave closes: outcomes of the groups that its board shows, and what
 * came in by day. Every invitation has its outcome, and the ballot box is not yet sealed. A wave whose invitations have
 * been deleted already leaves nothing to keep.
 * @param context the process' context
 * @param transaction the transaction that closes the wave
 * @param wave the wave
 */
export async function keepOutcomes(context: Context, transaction: Database, wave: Wave): Promise<void> {
  const cells = await selectBoardCells(transaction, wave.id);
  if (cells.every(({ invited }) => invited === 0)) return;
  const groups = listBoardGroups(cells, wave.policy.minimumCellSize);
  const kept = await countKeptResponses(context, transaction, wave);
  await insertFieldworkOutcomes(transaction, wave.id, countOutcomes(cells, groups, kept));
  const shown = new Set(groups.flatMap(({ organisation }) => organisation ?? []));
  const days = await selectAnsweredDays(transaction, wave.id);
  const ofShown = days.filter(({ organisation }) => shown.has(organisation));
  await insertFieldworkDays(transaction, wave.id, [...ofShown, ...sumDays(ofShown)]);
}

function sumDays(days: readonly OrganisationDay[]): readonly KeptDay[] {
  return [...new Set(days.map(({ day }) => day))].map((day) => ({
    organisation: null,
    day,
    answered: days.reduce((sum, one) => sum + (one.day === day ? one.answered : 0), 0),
  }));
}

async function countKeptResponses(context: Context, transaction: Database, wave: Wave): Promise<KeptResponses> {
  const instrument = await context.instruments.load(transaction, wave.instrumentVersionId);
  const strata = await selectStrata(transaction, wave.id);
  const organisationOf = new Map(strata.map(({ code, organisation }) => [code, organisation]));
  const kept = new Map<string, { complete: number; partial: number }>();
  for await (const batch of selectResponseBatches(transaction, wave.id)) {
    for (const { stratum, answers } of batch) {
      const organisation = organisationOf.get(stratum);
      if (organisation === undefined) throw new RangeError(`a response has the unknown stratum ${stratum}`);
      const counts = kept.get(organisation) ?? { complete: 0, partial: 0 };
      counts[classifyResponse(instrument, answers) === 'I' ? 'complete' : 'partial'] += 1;
      kept.set(organisation, counts);
    }
  }
  return kept;
}
