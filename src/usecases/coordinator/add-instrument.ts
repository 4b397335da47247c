import type { Context } from '../../context';
import { insertAuditEvent } from '../../db/audit';
import { nameConstraintFaults } from '../../db/constraint-faults';
import type { Database } from '../../db/database';
import { insertOrReplaceInstrument, selectInstruments, type InstrumentVersion } from '../../db/instruments';
import { checkAgainstEarlier } from '../../domain/instrument/check-new-version';
import { nameKnownFigures } from '../../domain/instrument/known-figures';
import type { CompiledInstrument } from '../../domain/instrument/types';
import type { Actor } from '../../domain/permissions';
import { AppError } from '../../errors';
import { idOf, installation, requireRight } from '../authorise';
import {
  compileSoundInstrument,
  createInstrumentError,
  type InstrumentFolder,
  type InstrumentName,
} from '../sound-instrument';

/** The instrument, and what became of it. */
export interface AddedInstrument extends InstrumentName {
  readonly outcome: 'added' | 'replaced' | 'unchanged';
}

/**
 * Adds an instrument version. The same bytes again change nothing; other bytes replace a version that no wave has opened
 * with. A version is also checked against the one before it.
 * @param context the process' context
 * @param actor who asks
 * @param input exact text of survey.json and codebook.json, and their folder
 * @returns name and hash of the instrument, and what became of it
 * @throws AppError instrument_faulty, instrument_frozen
 */
export async function addInstrument(context: Context, actor: Actor, input: InstrumentFolder): Promise<AddedInstrument> {
  requireRight(actor, 'administer installation', installation);
  const compiled = compileSoundInstrument(input, nameKnownFigures(context.baselines.rows));
  const { id, version, sha256 } = compiled;
  const key = `${id}/${version}`;
  return nameConstraintFaults({ key }, () =>
    context.db.transaction(async (transaction) => {
      const versions = (await selectInstruments(transaction)).filter((other) => other.id === id);
      const known = versions.find((other) => other.version === version);
      if (known?.sha256 === sha256) return { id, version, sha256, outcome: 'unchanged' };
      if (known?.isFrozen) throw new AppError('instrument_frozen', { values: { key } });
      await compareWithEarlier(context, transaction, { compiled, versions, folder: input.folder });
      await insertOrReplaceInstrument(transaction, {
        id,
        version,
        sha256,
        survey: input.survey,
        codebook: input.codebook,
      });
      await insertAuditEvent(transaction, {
        occurredAt: context.now(),
        actorId: idOf(actor),
        networkId: null,
        action: known === undefined ? 'added instrument' : 'replaced instrument',
        subject: key,
        detail: { sha256 },
      });
      return { id, version, sha256, outcome: known === undefined ? 'added' : 'replaced' };
    }),
  );
}

async function compareWithEarlier(
  context: Context,
  transaction: Database,
  added: {
    readonly compiled: CompiledInstrument;
    readonly versions: readonly InstrumentVersion[];
    readonly folder: string;
  },
): Promise<void> {
  const earlier = added.versions.filter(({ version }) => version < added.compiled.version).at(-1);
  if (earlier === undefined) return;
  const { codebook } = await context.instruments.load(transaction, earlier.versionId);
  const faults = checkAgainstEarlier(added.compiled.codebook, codebook);
  if (faults.length > 0) throw createInstrumentError(added.folder, faults);
}
