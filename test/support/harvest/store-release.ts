import type { Context } from '../../../src/context';
import { insertRelease, insertReleaseFigures } from '../../../src/db/releases';
import { selectOptionalWave } from '../../../src/db/waves';
import type { ReleaseFigures } from '../../../src/domain/benchmark/release-figures';
import { hashCanonical } from '../../../src/domain/benchmark/release-hashes';
import type { DisclosurePolicy } from '../../../src/domain/disclosure/types';
import type { ReleaseVisibility } from '../../../src/domain/fieldwork/release-choice';

/** Stores figures as the newest release of a released wave, as correcting does. */
export async function storeRelease(
  context: Context,
  waveKey: string,
  editions: readonly {
    readonly audience: ReleaseVisibility;
    readonly figures: ReleaseFigures;
    readonly policy: DisclosurePolicy;
  }[],
): Promise<void> {
  const wave = (await selectOptionalWave(context.db, waveKey))!;
  await context.db.transaction(async (transaction) => {
    // Nobody has agreed on what a test stores.
    await transaction.raw('ALTER TABLE release DISABLE TRIGGER release_correction_guard');
    for (const { audience, figures, policy } of editions) {
      const { id } = await insertRelease(transaction, {
        waveId: wave.id,
        reason: 'Stored by a test.',
        audience,
        embargoUntil: null,
        releasedAt: context.now(),
        policy,
        lattice: figures.lattice,
        participation: figures.participation,
        comparators: figures.comparators,
        policySha256: hashCanonical(policy),
        latticeSha256: hashCanonical(figures.lattice),
        inputSha256: hashCanonical([]),
        instrumentSha256: hashCanonical([]),
        baselinesSha256: context.baselines.sha256,
        softwareVersion: context.softwareVersion,
      });
      await insertReleaseFigures(transaction, id, figures);
    }
    await transaction.raw('ALTER TABLE release ENABLE TRIGGER release_correction_guard');
  });
}
