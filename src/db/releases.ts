import { z } from 'zod';
import { releaseComparatorsSchema, type ReleaseComparators } from '../domain/benchmark/comparators';
import { participationSchema, type Participation } from '../domain/benchmark/participation';
import { releaseLatticeSchema, type ReleaseFigures, type ReleaseLattice } from '../domain/benchmark/release-figures';
import type { ReleaseComparison } from '../domain/benchmark/types';
import { disclosurePolicySchema } from '../domain/disclosure/policy';
import { isSuppressed } from '../domain/disclosure/publishable';
import type { DisclosurePolicy } from '../domain/disclosure/types';
import { releaseVisibilities, type ReleaseVisibility } from '../domain/fieldwork/release-choice';
import { selectRows, type Database } from './database';

const rowsPerInsert = 5000;

/** What identifies a release and everything it was made from. */
export interface ReleaseHeader {
  readonly id: string;
  readonly waveId: string;
  /** Counts up from 1 within the wave; a correction is a new release. */
  readonly number: number;
  /** Why it corrects the release before it, for everybody to read; null: the first release. */
  readonly reason: string | null;
  /** The edition: for the members of the network, or for everybody. */
  readonly audience: ReleaseVisibility;
  /** Until then only those who run the wave see it. */
  readonly embargoUntil: Date | null;
  readonly releasedAt: Date;
  readonly policy: DisclosurePolicy;
  readonly lattice: ReleaseLattice;
  readonly participation: Participation;
  /** Null in releases made when the rest of the network was the only comparator. */
  readonly comparators: ReleaseComparators | null;
  readonly policySha256: string;
  readonly latticeSha256: string;
  readonly inputSha256: string;
  readonly instrumentSha256: string;
  readonly baselinesSha256: string;
  readonly softwareVersion: string;
}

const headerSchema = z
  .object({
    id: z.string(),
    wave_id: z.string(),
    number: z.number(),
    reason: z.string().nullable(),
    audience: z.enum(releaseVisibilities),
    embargo_until: z.date().nullable(),
    released_at: z.date(),
    policy: disclosurePolicySchema,
    lattice: releaseLatticeSchema,
    participation: participationSchema,
    comparators: releaseComparatorsSchema.nullable(),
    policy_sha256: z.string(),
    lattice_sha256: z.string(),
    input_sha256: z.string(),
    instrument_sha256: z.string(),
    baselines_sha256: z.string(),
    software_version: z.string(),
  })
  .transform((row): ReleaseHeader => ({
    id: row.id,
    waveId: row.wave_id,
    number: row.number,
    reason: row.reason,
    audience: row.audience,
    embargoUntil: row.embargo_until,
    releasedAt: row.released_at,
    policy: row.policy,
    lattice: row.lattice,
    participation: row.participation,
    comparators: row.comparators,
    policySha256: row.policy_sha256,
    latticeSha256: row.lattice_sha256,
    inputSha256: row.input_sha256,
    instrumentSha256: row.instrument_sha256,
    baselinesSha256: row.baselines_sha256,
    softwareVersion: row.software_version,
  }));

/**
 * Reads a release.
 * @param db the database or a transaction
 * @param releaseId the release
 * @returns the release without its figures
 * @throws RangeError when there is no such release
 */
export async function selectRelease(db: Database, releaseId: string): Promise<ReleaseHeader> {
  const [row] = await selectRows(db, headerSchema, {
    sql: `SELECT id, wave_id, number, reason, audience, embargo_until, released_at, policy, lattice, participation, comparators,
                 policy_sha256, lattice_sha256, input_sha256, instrument_sha256, baselines_sha256, software_version
            FROM release
           WHERE id = :releaseId`,
    bindings: { releaseId },
  });
  if (row === undefined) throw new RangeError(`no release ${releaseId}`);
  return row;
}

/**
 * Finds how the newest release of a wave is released.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns whether it has a public edition, and its embargo; null when there is no release
 */
export async function selectOptionalNewestRelease(
  db: Database,
  waveId: string,
): Promise<{ readonly isPublic: boolean; readonly embargoUntil: Date | null } | null> {
  const schema = z.object({ isPublic: z.boolean(), embargoUntil: z.date().nullable() });
  const [row] = await selectRows(db, schema, {
    sql: `SELECT bool_or(release.audience = 'public') AS "isPublic", max(release.embargo_until) AS "embargoUntil"
            FROM release WHERE release.wave_id = :waveId GROUP BY release.number ORDER BY release.number DESC LIMIT 1`,
    bindings: { waveId },
  });
  return row ?? null;
}

/**
 * Writes the next release of a wave without its figures; the public edition has the number of the newest release.
 * @param transaction the transaction that also writes the figures
 * @param header everything but id and number
 * @returns id and number of the release
 */
export async function insertRelease(
  transaction: Database,
  header: Omit<ReleaseHeader, 'id' | 'number'>,
): Promise<{ readonly id: string; readonly number: number }> {
  const [inserted] = await selectRows(transaction, z.object({ id: z.string(), number: z.number() }), {
    sql: `INSERT INTO release (wave_id, number, reason, audience, embargo_until, released_at, policy, lattice, participation, comparators,
                               policy_sha256, lattice_sha256, input_sha256, instrument_sha256, baselines_sha256, software_version)
          VALUES (:waveId, (SELECT coalesce(max(number), 0) + CASE :audience WHEN 'network' THEN 1 ELSE 0 END
                              FROM release WHERE wave_id = :waveId), :reason, :audience, :embargoUntil, :releasedAt,
                  :policy, :lattice, :participation, :comparators, :policySha256, :latticeSha256,
                  :inputSha256, :instrumentSha256, :baselinesSha256, :softwareVersion)
          RETURNING id, number`,
    bindings: {
      ...header,
      policy: JSON.stringify(header.policy),
      lattice: JSON.stringify(header.lattice),
      participation: JSON.stringify(header.participation),
      comparators: header.comparators === null ? null : JSON.stringify(header.comparators),
    },
  });
  if (inserted === undefined) throw new RangeError('no release was returned');
  return inserted;
}

/**
 * Writes the figures of a release; suppressed ones as rows without any figure.
 * @param transaction the transaction that wrote the release
 * @param releaseId the release
 * @param figures computed figures, mask applied
 */
export async function insertReleaseFigures(
  transaction: Database,
  releaseId: string,
  figures: Pick<ReleaseFigures, 'estimates' | 'comparisons' | 'hidden'>,
): Promise<void> {
  const insert = async (statement: string, rows: readonly object[]): Promise<void> => {
    for (let start = 0; start < rows.length; start += rowsPerInsert) {
      const batch = JSON.stringify(rows.slice(start, start + rowsPerInsert));
      await transaction.raw(statement, { releaseId, batch });
    }
  };
  await insert(
    insertEstimates,
    figures.estimates.map(({ indicator, option, group, estimate }) => ({
      indicator,
      option,
      group,
      is_suppressed: isSuppressed(estimate),
      ...(isSuppressed(estimate) ? {} : estimate.value),
    })),
  );
  await insert(
    insertComparisons,
    figures.comparisons.map(({ indicator, option, group, kind, comparator, comparison }) => ({
      indicator,
      option,
      group,
      kind,
      comparator,
      is_suppressed: isSuppressed(comparison),
      ...(isSuppressed(comparison) ? {} : spread(comparison.value)),
    })),
  );
  await insert(insertHiddenReasons, figures.hidden);
}

function spread({ printed, ...comparison }: ReleaseComparison): object {
  return { ...comparison, ...printed };
}

const insertEstimates = `
  INSERT INTO release_estimate (release_id, indicator, option, group_key, is_suppressed, n, share, se, se_no_fpc, df,
                                low, high, flags, effective_no_fpc)
  SELECT :releaseId, row.indicator, row.option, row."group", row.is_suppressed, row.n, row.share, row.se, row."seNoFpc",
         row.df, row.low, row.high, row.flags, row."effectiveNoFpc"
    FROM jsonb_to_recordset(CAST(:batch AS jsonb)) AS row
         (indicator text, option text, "group" text, is_suppressed boolean, n integer, share double precision,
          se double precision, "seNoFpc" double precision, df integer, low double precision, high double precision,
          flags text[], "effectiveNoFpc" double precision)`;

const insertComparisons = `
  INSERT INTO release_comparison (release_id, indicator, option, group_key, kind, comparator, is_suppressed, difference,
                                  low, high, p, q, verdict, comparator_percent, comparator_low, comparator_high,
                                  comparator_is_coarse, comparator_n, comparator_organisations, shown_difference, shown_low, shown_high)
  SELECT :releaseId, row.indicator, row.option, row."group", row.kind, row.comparator, row.is_suppressed,
         row.difference, row.low, row.high, row.p, row.q, row.verdict, row.percent, row."lowPercent", row."highPercent",
         row."isCoarse", row.n, row.organisations, row."differencePoints", row."lowPoints", row."highPoints"
    FROM jsonb_to_recordset(CAST(:batch AS jsonb)) AS row
         (indicator text, option text, "group" text, kind text, comparator text, is_suppressed boolean,
          difference double precision, low double precision, high double precision, p double precision,
          q double precision, verdict text, percent double precision, "lowPercent" integer, "highPercent" integer,
          "isCoarse" boolean, n integer, organisations integer, "differencePoints" integer, "lowPoints" integer, "highPoints" integer)`;

const insertHiddenReasons = `
  INSERT INTO release_hidden_reason (release_id, indicator, group_key, reason)
  SELECT :releaseId, row.indicator, row."group", row.reason
    FROM jsonb_to_recordset(CAST(:batch AS jsonb)) AS row (indicator text, "group" text, reason text)`;
