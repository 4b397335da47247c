import { z } from 'zod';
import { selectRows, type Database } from './database';

const rowSchema = z.object({
  waveKey: z.string(),
  period: z.string(),
  networkName: z.string(),
  isDemo: z.boolean(),
  instrumentVersionId: z.string(),
  releasedAt: z.date(),
  embargoUntil: z.date().nullable(),
});

/** A wave whose newest release has an edition for everybody. */
export type PublicRelease = Readonly<z.infer<typeof rowSchema>>;

/**
 * Lists the waves that are released to everybody, whether the embargo has ended or not.
 * @param db the database or a transaction
 * @returns newest release first
 */
export async function selectPublicReleases(db: Database): Promise<readonly PublicRelease[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT wave.key AS "waveKey", wave.period, network.name AS "networkName", network.is_demo AS "isDemo",
                 wave.instrument_version_id AS "instrumentVersionId", newest.released_at AS "releasedAt",
                 newest.embargo_until AS "embargoUntil"
            FROM wave
            JOIN network ON network.id = wave.network_id
            JOIN release AS newest ON newest.wave_id = wave.id AND newest.audience = 'public'
           WHERE wave.state = 'released'
             AND newest.number = (SELECT max(release.number) FROM release WHERE release.wave_id = wave.id)
           ORDER BY newest.released_at DESC, wave.key DESC`,
    bindings: {},
  });
}
