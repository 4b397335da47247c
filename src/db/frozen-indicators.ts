import { z } from 'zod';
import type { FrozenGroups } from '../domain/benchmark/protect-indicators';
import type { IndicatorGroups } from '../domain/benchmark/indicator-groups';
import { hiddenReasons } from '../domain/disclosure/types';
import { releaseVisibilities, type ReleaseVisibility } from '../domain/fieldwork/release-choice';
import { selectRows, type Database } from './database';

const rowSchema = z.object({
  edition: z.enum(releaseVisibilities),
  indicator: z.string(),
  groups: z
    .object({
      contributors: z.array(z.string()),
      published: z.array(z.string()),
      hidden: z.array(z.tuple([z.string(), z.enum(hiddenReasons)])),
      coarse: z.array(z.string()),
    })
    .transform(({ contributors, published, hidden, coarse }): IndicatorGroups => ({
      contributors,
      mask: { published: new Set(published), hidden: new Map(hidden) },
      coarse: new Set(coarse),
    })),
});

/**
 * Reads what has been decided of a release that was not finished.
 * @param db the database or a transaction
 * @param inputSha256 hash of all that it is decided from
 * @returns groups by edition and indicator
 */
export async function selectFrozenIndicators(
  db: Database,
  inputSha256: string,
): Promise<Readonly<Record<ReleaseVisibility, FrozenGroups>>> {
  const rows = await selectRows(db, rowSchema, {
    sql: `SELECT frozen_indicator.edition, frozen_indicator.indicator, frozen_indicator.groups
            FROM frozen_indicator WHERE frozen_indicator.input_sha256 = :inputSha256`,
    bindings: { inputSha256 },
  });
  const pick = (edition: ReleaseVisibility): FrozenGroups =>
    new Map(rows.filter((row) => row.edition === edition).map(({ indicator, groups }) => [indicator, groups]));
  return { network: pick('network'), public: pick('public') };
}

/**
 * Keeps what has been decided of one indicator.
 * @param db the database: kept even when the release is not finished
 * @param frozen hash of all that it was decided from, the decision, and the day (YYYY-MM-DD)
 */
export async function insertFrozenIndicator(
  db: Database,
  frozen: {
    readonly inputSha256: string;
    readonly edition: ReleaseVisibility;
    readonly indicator: string;
    readonly groups: IndicatorGroups;
    readonly date: string;
  },
): Promise<void> {
  const { groups, ...row } = frozen;
  const { published, hidden } = groups.mask;
  await db.raw(
    `INSERT INTO frozen_indicator (input_sha256, edition, indicator, groups, frozen_on)
     VALUES (:inputSha256, :edition, :indicator, CAST(:groups AS jsonb), :date)
     ON CONFLICT DO NOTHING`,
    {
      ...row,
      groups: JSON.stringify({
        contributors: groups.contributors,
        published: [...published],
        hidden: [...hidden],
        coarse: [...groups.coarse],
      }),
    },
  );
}

/**
 * Forgets the decisions on a release that is stored.
 * @param db the database or a transaction
 * @param inputSha256 hash of all that they were made from
 */
export async function deleteFrozenIndicators(db: Database, inputSha256: string): Promise<void> {
  await db.raw('DELETE FROM frozen_indicator WHERE frozen_indicator.input_sha256 = :inputSha256', { inputSha256 });
}

/**
 * Forgets the decisions on releases that were never finished.
 * @param db the database or a transaction
 * @param before the first day (YYYY-MM-DD) to keep
 */
export async function deleteOldFrozenIndicators(db: Database, before: string): Promise<void> {
  await db.raw('DELETE FROM frozen_indicator WHERE frozen_indicator.frozen_on < :before', { before });
}
