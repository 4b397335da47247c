import type { Context } from '../../../src/context';
import { selectStrata } from '../../../src/db/frames';
import { selectResponseBatches } from '../../../src/db/response-batches';
import { selectOptionalWavePeers } from '../../../src/db/wave-peers';
import { selectOptionalWave } from '../../../src/db/waves';
import type { ReleaseInput } from '../../../src/domain/benchmark/compute-release';
import { sortStrata } from '../../../src/domain/benchmark/release-strata';
import { createResponseCounter } from '../../../src/domain/benchmark/tally-responses';
import { compileIndicators } from '../../../src/domain/instrument/indicator-values';
import { knowAllButAnswers } from '../attacker/attacked-release';
import type { Knowledge } from '../attacker/knowledge';
import { listShown, type Harvest } from './figures';

/** What a release of a wave is made from: where the attacker's knowledge of who answered comes from. */
export async function loadReleaseInput(context: Context, waveKey: string): Promise<ReleaseInput> {
  const wave = (await selectOptionalWave(context.db, waveKey))!;
  const { codebook } = await context.instruments.load(context.db, wave.instrumentVersionId);
  const strata = sortStrata(await selectStrata(context.db, wave.id));
  const counter = createResponseCounter(
    compileIndicators(codebook),
    strata.map(({ code }) => code),
  );
  await context.db.transaction(async (transaction) => {
    for await (const batch of selectResponseBatches(transaction, wave.id)) {
      for (const { stratum, answers } of batch) counter.add(stratum, answers);
    }
  });
  const peers = (await selectOptionalWavePeers(context.db, wave.id))?.groups ?? [];
  return { strata, tally: counter.tally, bases: codebook.bases, policy: wave.policy, peers };
}

/**
 * What somebody knows who knows who answered and every weight, and has read a harvest.
 * @param input who answered
 * @param harvest what was read of one wave, of one edition or of both
 */
export function knowHarvest(input: ReleaseInput, harvest: Harvest): Knowledge {
  return {
    ...knowAllButAnswers(input),
    contributors: harvest.contributors,
    figures: listShown(harvest).map(({ indicator, option, group, shown: { n, percent, isCoarse } }) => {
      return { indicator, option, group, n, percent, isCoarse };
    }),
  };
}
