import { z } from 'zod';
import { disclosurePolicySchema } from '../domain/disclosure/policy';
import type { ReleaseVisibility } from '../domain/fieldwork/release-choice';
import { selectRows, type Database } from './database';

const rowSchema = z.object({
  releaseId: z.string(),
  number: z.number(),
  waveKey: z.string(),
  period: z.string(),
  closedOn: z.string().nullable(),
  population: z.string(),
  instrumentVersionId: z.string(),
  embargoUntil: z.date().nullable(),
  policy: disclosurePolicySchema,
});

/** The newest release of another wave of the same network, in one edition. */
export type OtherRelease = Readonly<z.infer<typeof rowSchema>>;

/**
 * Lists what has been released of the other waves of a network.
 * @param db the database or a transaction
 * @param selection the wave, its network, and the edition
 * @returns latest closed first; waves whose newest release has no such edition left out
 */
export async function selectOtherReleases(
  db: Database,
  selection: { readonly waveId: string; readonly networkId: string; readonly audience: ReleaseVisibility },
): Promise<readonly OtherRelease[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT release.id AS "releaseId", release.number, wave.key AS "waveKey", wave.period,
                 CAST(wave.closed_on AS text) AS "closedOn", wave.population,
                 wave.instrument_version_id AS "instrumentVersionId", release.embargo_until AS "embargoUntil",
                 release.policy
            FROM wave
            JOIN release ON release.wave_id = wave.id AND release.audience = :audience
           WHERE wave.network_id = :networkId AND wave.id <> :waveId AND wave.state = 'released'
             AND release.number = (SELECT max(newest.number) FROM release AS newest WHERE newest.wave_id = wave.id)
           ORDER BY wave.closed_on DESC, wave.period DESC, wave.key COLLATE "C" DESC`,
    bindings: selection,
  });
}
