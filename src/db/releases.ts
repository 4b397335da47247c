import { z } from 'zod';
import { participationSchema, type Participation } from '../domain/benchmark/participation';
import { releaseLatticeSchema, type ReleaseFigures, type ReleaseLattice } from '../domain/benchmark/release-figures';
import { disclosurePolicySchema } from '../domain/disclosure/policy';
import { isSuppressed } from '../domain/disclosure/publishable';
import type { DisclosurePolicy } from '../domain/disclosure/types';
import { selectRows, type Database } from './database';

const rowsPerInsert = 5000;

/** What identifies a release and everything it was made from. */
export interface ReleaseHeader {
  readonly id: string;
  readonly waveId: string;
  /** Counts up from 1 within the wave; a correction is a new release. */
  readonly number: number;
  readonly releasedAt: Date;
  readonly policy: DisclosurePolicy;
  readonly lattice: ReleaseLattice;
  readonly participation: Participation;
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
    released_at: z.date(),
    policy: disclosurePolicySchema,
    lattice: releaseLatticeSchema,
    participation: participationSchema,
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
    releasedAt: row.released_at,
    policy: row.policy,
    lattice: row.lattice,
    participation: row.participation,
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
    sql: `SELECT id, wave_id, number, released_at, policy, lattice, participation, policy_sha256, lattice_sha256,
                 input_sha256, instrument_sha256, baselines_sha256, software_version
            FROM release
           WHERE id = :releaseId`,
    bindings: { releaseId },
  });
  if (row === undefined) throw new RangeError(`no release ${releaseId}`);
  return row;
}

/**
 * Writes the next release of a wave without its figures.
 * @param transaction the transaction that also writes the figures
 * @param header everything but id and number
 * @returns id and number of the release
 */
export async function insertRelease(
  transaction: Database,
  header: Omit<ReleaseHeader, 'id' | 'number'>,
): Promise<{ readonly id: string; readonly number: number }> {
  const [inserted] = await selectRows(transaction, z.object({ id: z.string(), number: z.number() }), {
    sql: `INSERT INTO release (wave_id, number, released_at, policy, lattice, participation, policy_sha256,
                               lattice_sha256, input_sha256, instrument_sha256, baselines_sha256, software_version)
          VALUES (:waveId, (SELECT coalesce(max(number), 0) + 1 FROM release WHERE wave_id = :waveId), :releasedAt,
                  :policy, :lattice, :participation, :policySha256, :latticeSha256,
                  :inputSha256, :instrumentSha256, :baselinesSha256, :softwareVersion)
          RETURNING id, number`,
    bindings: {
      ...header,
      policy: JSON.stringify(header.policy),
      lattice: JSON.stringify(header.lattice),
      participation: JSON.stringify(header.participation),
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
    figures.comparisons.map(({ indicator, option, group, comparator, comparison }) => ({
      indicator,
      option,
      group,
      comparator,
      is_suppressed: isSuppressed(comparison),
      ...(isSuppressed(comparison) ? {} : comparison.value),
    })),
  );
  await insert(insertHiddenReasons, figures.hidden);
}

const insertEstimates = `
  INSERT INTO release_estimate (release_id, indicator, option, group_key, is_suppressed, n, share, se, se_no_fpc, df,
                                low, high, flags)
  SELECT :releaseId, row.indicator, row.option, row."group", row.is_suppressed, row.n, row.share, row.se, row."seNoFpc",
         row.df, row.low, row.high, row.flags
    FROM jsonb_to_recordset(CAST(:batch AS jsonb)) AS row
         (indicator text, option text, "group" text, is_suppressed boolean, n integer, share double precision,
          se double precision, "seNoFpc" double precision, df integer, low double precision, high double precision,
          flags text[])`;

const insertComparisons = `
  INSERT INTO release_comparison (release_id, indicator, option, group_key, comparator, is_suppressed, difference, low,
                                  high, p, q, verdict)
  SELECT :releaseId, row.indicator, row.option, row."group", row.comparator, row.is_suppressed, row.difference, row.low,
         row.high, row.p, row.q, row.verdict
    FROM jsonb_to_recordset(CAST(:batch AS jsonb)) AS row
         (indicator text, option text, "group" text, comparator text, is_suppressed boolean,
          difference double precision, low double precision, high double precision, p double precision,
          q double precision, verdict text)`;

const insertHiddenReasons = `
  INSERT INTO release_hidden_reason (release_id, indicator, group_key, reason)
  SELECT :releaseId, row.indicator, row."group", row.reason
    FROM jsonb_to_recordset(CAST(:batch AS jsonb)) AS row (indicator text, "group" text, reason text)`;
