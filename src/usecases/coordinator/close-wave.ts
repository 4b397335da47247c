import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { holdSealing } from '../../db/backup-lock';
import type { Database } from '../../db/database';
import { replaceStrata, selectStrata, updateStratumCodes } from '../../db/frames';
import { cancelMailings } from '../../db/mailings';
import { deleteDrafts, selectIneligibleCounts, updateOpenDispositions } from '../../db/invitations';
import { sealBallotBox, selectResponseCounts } from '../../db/responses';
import { updateWaveClosed, type Wave } from '../../db/waves';
import { dispositionAtClosing } from '../../domain/fieldwork/dispositions';
import { mergeSealedStrata, type SealedStrata } from '../../domain/fieldwork/merge-sealed-strata';
import { toDate } from '../../domain/fieldwork/wave-state';
import type { Actor } from '../../domain/permissions';
import { findWaveForUpdate, idOf, requireNextState } from '../authorise';
import { keepOutcomes } from '../keep-outcomes';

/** What the closed wave holds. */
export interface ClosedWave {
  readonly key: string;
  readonly responses: number;
  readonly strata: number;
}

/**
 * Closes an open wave and seals its ballot box: what was never sent becomes an outcome and is deleted, response
 * rates are kept, small strata of an anonymous wave are merged on, and the responses are written anew in random order.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave
 * @returns number of responses and strata
 * @throws AppError wave_unknown, wave_state
 */
export async function closeWave(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string },
): Promise<ClosedWave> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    requireNextState(wave, 'closed');
    // Before any response is read: whoever seals another wave at the same time would else wait for this one, and this one for them.
    await holdSealing(transaction);
    const now = context.now();
    await cancelMailings(transaction, wave.id);
    await decideOutcomes(transaction, wave);
    await keepOutcomes(context, transaction, wave);
    const sealed = await countStrata(transaction, wave);
    await replaceStrata(transaction, wave.id, sealed.strata);
    await updateStratumCodes(transaction, wave.id, sealed.codes);
    // A transaction of its own within this one, so that no response carries the transaction id of an invitation.
    await transaction.transaction((inner) => sealBallotBox(inner, wave.id, sealed.codes));
    await updateWaveClosed(transaction, { waveId: wave.id, date: toDate(now) });
    const responses = sealed.strata.reduce((total, { respondentCount }) => total + respondentCount, 0);
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'closed wave',
      subject: wave.key,
      detail: { responses, strata: sealed.strata.length },
    });
    return { key: wave.key, responses, strata: sealed.strata.length };
  });
}

async function decideOutcomes(transaction: Database, wave: Wave): Promise<void> {
  await updateOpenDispositions(transaction, wave.id, {
    begun: dispositionAtClosing(true),
    untouched: dispositionAtClosing(false),
  });
  await deleteDrafts(transaction, wave.id);
}

async function countStrata(transaction: Database, wave: Wave): Promise<SealedStrata> {
  const responses = await selectResponseCounts(transaction, wave.id);
  const ineligible = await selectIneligibleCounts(transaction, wave.id);
  const strata = (await selectStrata(transaction, wave.id)).map((stratum) => ({
    ...stratum,
    respondentCount: responses.get(stratum.code) ?? 0,
    ineligibleCount: ineligible.get(stratum.code) ?? 0,
  }));
  if (wave.anonymityLevel === 'anonym') return mergeSealedStrata(strata);
  return { strata, codes: Object.fromEntries(strata.map(({ code }) => [code, code])) };
}
