import { z } from 'zod';
import type { GroupKey } from '../domain/benchmark/types';
import { selectRows, type Database } from './database';

const countsSchema = z.object({
  shown: z.number(),
  /** Of those shown: printed in coarse steps. */
  coarse: z.number(),
  /** Of those shown: with a caution about weights. */
  cautioned: z.number(),
  hidden: z.number(),
});

/** How many figures of a release are printed and how. */
export type FigureCounts = Readonly<z.infer<typeof countsSchema>>;

/**
 * Counts the figures of some groups of a release as they are printed.
 * @param db the database
 * @param releaseId the release
 * @param groups groups that the reader may see
 * @returns figures by how they are printed; those without answers count as hidden, for they look alike
 */
export async function selectFigureCounts(
  db: Database,
  releaseId: string,
  groups: readonly GroupKey[],
): Promise<FigureCounts> {
  const [row] = await selectRows(db, countsSchema, {
    sql: `SELECT CAST(count(*) FILTER (WHERE NOT is_suppressed) AS integer) AS shown,
                 CAST(count(*) FILTER (WHERE NOT is_suppressed AND 'coarse' = ANY(flags)) AS integer) AS coarse,
                 CAST(count(*) FILTER (WHERE NOT is_suppressed
                   AND flags && ARRAY['high_nonresponse_adjustment', 'variable_weights']) AS integer) AS cautioned,
                 CAST(count(*) FILTER (WHERE is_suppressed) AS integer) AS hidden
            FROM release_estimate
           WHERE release_id = :releaseId AND group_key = ANY(CAST(:groups AS text[]))`,
    bindings: { releaseId, groups },
  });
  return row ?? { shown: 0, coarse: 0, cautioned: 0, hidden: 0 };
}
