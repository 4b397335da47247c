import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { ReleaseInput } from '../../src/domain/benchmark/compute-release';
import { sortStrata, type ReleaseStratum } from '../../src/domain/benchmark/release-strata';
import { defaultPolicy } from '../../src/domain/disclosure/policy';
import { sectors, sizes } from '../../src/domain/fieldwork/types';

/** How large a wave is. */
export interface FreezeWaveSize {
  readonly organisations: number;
  readonly sectors: number;
  readonly sizes: number;
  readonly indicators: number;
}

const invitedBySize = { S: 14, M: 10, L: 6 };
/** Organisations are of unequal size, one after the other. */
const organisationSizes = [0.4, 0.7, 1, 1.5];
const text = { nb: 'x', nn: 'x', en: 'x', da: 'x' };

/**
 * Draws a wave of an open network: 58 per cent of the invited answer, and from the eleventh indicator on 80 per cent of these
 * give a valid answer. Every fourth indicator is an opinion.
 * @param size how large it is
 * @returns the same wave for the same size
 */
export function createFreezeWave(size: FreezeWaveSize): ReleaseInput {
  const random = xoroshiro128plus(1);
  const draw = (of: number, percent: number): number => {
    let count = 0;
    for (let unit = 0; unit < of; unit++) if (uniformInt(random, 1, 100) <= percent) count++;
    return count;
  };
  const strata = createStrata(size);
  const respondents = Int32Array.from(strata, ({ invitedCount }) => draw(invitedCount, 58));
  const indicators = Array.from({ length: size.indicators }, (_, index) => {
    const valid = index < 10 ? respondents : Int32Array.from(respondents, (count) => draw(count, 80));
    const options = Array.from({ length: index % 2 === 0 ? 2 : 3 }, (_each, option) => `o${option}`);
    return {
      indicator: {
        id: `i${index}`,
        label: text,
        themes: ['t'],
        direction: 'none' as const,
        sensitivity: index % 4 === 0 ? (1 as const) : (0 as const),
        denominator: { base: 'all', answered: ['x'] },
        options: options.map((id) => ({ id, label: text, numerator: [{ variable: 'x', in: ['a'] }] })),
      },
      valid,
      yes: options.map(() => Int32Array.from(valid, (count) => draw(count, 40))),
    };
  });
  return {
    bases: [],
    strata,
    tally: { strata: strata.map(({ code }) => code), respondents, indicators },
    policy: { ...defaultPolicy, isOpenNetwork: true },
  };
}

function createStrata(size: FreezeWaveSize): readonly ReleaseStratum[] {
  const organisations = Array.from({ length: size.organisations }, (_, index) => `org${index}`);
  return sortStrata(
    organisations.flatMap((organisation, at) =>
      sectors.slice(0, size.sectors).flatMap((sector) =>
        sizes.slice(0, size.sizes).map((each): ReleaseStratum => {
          const invited = Math.max(2, Math.round(invitedBySize[each] * (organisationSizes[at % 4] ?? 1)));
          const place = { organisation, sector, size: each, cells: [{ sector, size: each }] };
          const counts = { frameCount: invited, invitedCount: invited, ineligibleCount: 0 };
          return { code: `${organisation}:${sector}:${each}`, ...place, ...counts };
        }),
      ),
    ),
  );
}
