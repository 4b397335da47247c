import { z } from 'zod';
import { participationSchema } from '../domain/benchmark/participation';
import { releaseLatticeSchema } from '../domain/benchmark/release-figures';
import { disclosurePolicySchema } from '../domain/disclosure/policy';
import { releaseVisibilities } from '../domain/fieldwork/release-choice';
import { selectRows, type Database } from './database';

const editionSchema = z.object({
  id: z.string(),
  number: z.number(),
  audience: z.enum(releaseVisibilities),
  policy: disclosurePolicySchema,
  lattice: releaseLatticeSchema,
  participation: participationSchema,
});

/** One edition of a release, without its figures. */
export type ReleaseEdition = Readonly<z.infer<typeof editionSchema>>;

/**
 * Lists everything that has been released of a wave.
 * @param db the database or a transaction
 * @param waveId the wave
 * @returns editions, newest release first
 */
export async function selectReleaseEditions(db: Database, waveId: string): Promise<readonly ReleaseEdition[]> {
  return selectRows(db, editionSchema, {
    sql: `SELECT release.id, release.number, release.audience, release.policy, release.lattice,
                 release.participation
            FROM release WHERE release.wave_id = :waveId ORDER BY release.number DESC, release.audience`,
    bindings: { waveId },
  });
}

const releaseSchema = z.object({
  number: z.number(),
  releasedAt: z.date(),
  reason: z.string().nullable(),
  isPublic: z.boolean(),
  embargoUntil: z.date().nullable(),
  /** Null: the command line, or somebody whose name is no longer kept. */
  actorName: z.string().nullable(),
});

/** A release of a wave, with all its editions. */
export type ListedRelease = Readonly<z.infer<typeof releaseSchema>>;

/**
 * Lists the releases of a wave with who made them.
 * @param db the database or a transaction
 * @param wave the wave
 * @returns newest first
 */
export async function selectReleaseHistory(
  db: Database,
  wave: { readonly id: string; readonly key: string; readonly networkId: string },
): Promise<readonly ListedRelease[]> {
  return selectRows(db, releaseSchema, {
    sql: `SELECT release.number, min(release.released_at) AS "releasedAt", min(release.reason) AS reason,
                 bool_or(release.audience = 'public') AS "isPublic", max(release.embargo_until) AS "embargoUntil",
                 (SELECT actor.name FROM audit_event LEFT JOIN actor ON actor.id = audit_event.actor_id
                   WHERE audit_event.network_id = :networkId AND audit_event.subject = :key
                     AND audit_event.action IN ('released wave', 'corrected release')
                     AND audit_event.detail ->> 'number' = CAST(release.number AS text)
                   ORDER BY audit_event.id DESC LIMIT 1) AS "actorName"
            FROM release WHERE release.wave_id = :waveId
           GROUP BY release.number ORDER BY release.number DESC`,
    bindings: { waveId: wave.id, networkId: wave.networkId, key: wave.key },
  });
}
