import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawAnswers } from '../../src/demo/answer-model';
import { demoOrganisations, drawTemperament, drawUnits } from '../../src/demo/organisations';
import { createSeededRandom } from '../../src/demo/seeded-random';
import type { ReleaseInput } from '../../src/domain/benchmark/compute-release';
import { sortStrata } from '../../src/domain/benchmark/release-strata';
import { createResponseCounter } from '../../src/domain/benchmark/tally-responses';
import { defaultPolicy } from '../../src/domain/disclosure/policy';
import { buildStrata, stratumOfUnit } from '../../src/domain/fieldwork/build-strata';
import { codebookSchema } from '../../src/domain/instrument/codebook';
import { compileIndicators } from '../../src/domain/instrument/indicator-values';

const folder = join(__dirname, '../../surveys/workplace/1');

/** A wave like those of the demo: seven members that see each other, the product's own questionnaire. */
export function createDemoNetwork(seed = 20_261): ReleaseInput {
  const codebook = codebookSchema.parse(JSON.parse(readFileSync(join(folder, 'codebook.json'), 'utf8')));
  const random = createSeededRandom(seed);
  const units = demoOrganisations.flatMap((organisation) => drawUnits(random, organisation));
  const frame = units.map((unit) => ({ ...unit, organisation: unit.organisation.key, isInvited: true }));
  const strata = sortStrata(buildStrata(frame, 'fortrolig').map((stratum) => ({ ...stratum, ineligibleCount: 0 })));
  const counter = createResponseCounter(
    compileIndicators(codebook),
    strata.map(({ code }) => code),
  );
  units.forEach((unit, index) => {
    const answers = drawAnswers(random, drawTemperament(random, unit, 0));
    if (random.chance(unit.organisation.responseRate)) counter.add(stratumOfUnit(strata, frame[index]!), answers);
    else random.chance(0);
  });
  return { strata, tally: counter.tally, bases: codebook.bases, policy: { ...defaultPolicy, isOpenNetwork: true } };
}
