import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { selectUnits } from '../../db/frames';
import { selectInvitations, updateDispositions } from '../../db/invitations';
import { insertResponses } from '../../db/responses';
import { toStoredDisposition } from '../../domain/fieldwork/dispositions';
import { toDate } from '../../domain/fieldwork/wave-state';
import { checkResponseColumns } from '../../domain/instrument/response-columns';
import type { CompiledInstrument } from '../../domain/instrument/types';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { findWaveForUpdate, idOf } from '../authorise';
import { createFaultList, readImport, reportRepeated, type ImportFile } from '../import-faults';
import { readResponseRow, type FieldworkUnit, type ResponseRow } from '../read-response-row';

const columns = { required: ['unit', 'disposition'], optional: [], allowOthers: true };

/** What came of an import of responses. */
export interface ImportedResponses {
  readonly responses: number;
  /** Units with an outcome without answers. */
  readonly others: number;
}

/**
 * Imports outcomes and responses that were collected elsewhere into an open wave at the level fortrolig. All or nothing.
 * @param context the process' context
 * @param actor who asks
 * @param input key of the wave and a file with unit, disposition and columns of the codebook
 * @returns numbers of responses and other outcomes
 * @throws AppError wave_unknown, responses_not_importable, import_faulty
 */
export async function importResponses(
  context: Context,
  actor: Actor,
  input: { readonly waveKey: string; readonly file: ImportFile },
): Promise<ImportedResponses> {
  return context.db.transaction(async (transaction) => {
    const wave = await findWaveForUpdate(transaction, actor, { key: input.waveKey, action: 'manage wave' });
    if (wave.state !== 'open' || wave.anonymityLevel !== 'fortrolig') {
      throw new AppError('responses_not_importable', { values: { key: wave.key } });
    }
    const instrument = await context.instruments.load(transaction, wave.instrumentVersionId);
    const invitations = await selectInvitations(transaction, wave.id);
    const units = await selectUnits(transaction, wave.id);
    const known = new Map<string, FieldworkUnit>(
      units.map(({ unit, stratum }) => [unit, { stratum, invitation: null }]),
    );
    for (const invitation of invitations) {
      known.set(invitation.unit, { stratum: known.get(invitation.unit)?.stratum ?? null, invitation });
    }
    const rows = readResponses(input.file, instrument, known);
    const responses = rows.flatMap(({ response }) => (response === null ? [] : [response]));
    await insertResponses(transaction, wave.id, responses);
    const now = context.now();
    const outcomes = rows.map(({ invitationId, disposition }) => ({
      invitationId,
      disposition: toStoredDisposition(disposition),
    }));
    await updateDispositions(transaction, toDate(now), outcomes);
    const others = rows.length - responses.length;
    await insertAuditEvent(transaction, {
      occurredAt: now,
      actorId: idOf(actor),
      networkId: wave.networkId,
      action: 'imported responses',
      subject: wave.key,
      detail: { responses: responses.length, others },
    });
    return { responses: responses.length, others };
  });
}

function readResponses(
  file: ImportFile,
  instrument: CompiledInstrument,
  known: ReadonlyMap<string, FieldworkUnit>,
): readonly ResponseRow[] {
  const { columns: headings, rows } = readImport(file, columns);
  const faults = createFaultList(file);
  const answerColumns = headings.filter((heading) => !columns.required.includes(heading));
  for (const { column, expected } of checkResponseColumns(instrument.codebook, answerColumns)) {
    faults.add({ line: 1, column }, 'import.expected', { expected });
  }
  faults.throwIfAny();
  const read = rows.map((row) => readResponseRow(faults, row, { instrument, known }));
  reportRepeated(faults, rows, 'unit');
  faults.throwIfAny();
  return read.filter((row) => row !== null);
}
