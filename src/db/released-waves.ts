import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { waveStates } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';
import { selectRelease, type ReleaseHeader } from './releases';

const mostRemembered = 200;

function toMoment(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

const contentSchema = z.object({
  id: z.string(),
  key: z.string(),
  period: z.string(),
  state: z.enum(waveStates),
  instrumentVersionId: z.string(),
  network: z.object({ id: z.string(), key: z.string(), name: z.string(), isDemo: z.boolean() }),
  /** Members of the network and organisations in the wave's frame, by name. */
  organisations: z.array(
    z.object({ id: z.string(), key: z.string(), name: z.string(), kind: z.enum(['municipality', 'county', 'other']) }),
  ),
  /** Released waves of the network, newest period first, with the embargo of the newest release of each. */
  releasedWaves: z.array(
    z.object({
      key: z.string(),
      period: z.string(),
      isPublic: z.boolean(),
      embargoUntil: z.string().nullable().transform(toMoment),
    }),
  ),
  /** Null until the wave is released. */
  latestReleaseId: z.string().nullable(),
  /** The public edition of that release; null when there is none. */
  publicReleaseId: z.string().nullable(),
});

const rowSchema = z.object({ content: z.string() });

/** What result pages need to know of a wave, its network and its organisations. */
export type ResultWave = Readonly<z.infer<typeof contentSchema>> & {
  /** Another one as soon as anything else in here is another: a hash of it all. */
  readonly fingerprint: string;
};

/** A wave and the release that its results are read from. */
export interface WaveWithRelease {
  readonly wave: ResultWave;
  /** The newest release as the network sees it; null when there is none. */
  readonly release: ReleaseHeader | null;
  /** As everybody sees it; null when it is not public. */
  readonly publicRelease: ReleaseHeader | null;
}

/** Waves and releases that this process has read. */
export interface ResultCache {
  /**
   * Asks the database for the wave as it is now. What it answers is understood once; releases never change and are read
   * once.
   * @param db the database pool
   * @param waveKey key of the wave
   * @returns the wave, released or not; null when there is none
   */
  load(db: Database, waveKey: string): Promise<WaveWithRelease | null>;
}

/** Makes an empty cache. */
export function createResultCache(): ResultCache {
  const waves = new LRUCache<string, ResultWave>({ max: mostRemembered });
  const releases = new LRUCache<string, ReleaseHeader>({ max: mostRemembered });
  const readRelease = async (db: Database, releaseId: string): Promise<ReleaseHeader> => {
    const release = releases.get(releaseId) ?? (await selectRelease(db, releaseId));
    releases.set(releaseId, release);
    return release;
  };
  return {
    async load(db, waveKey) {
      const content = await selectOptionalContent(db, waveKey);
      if (content === null) return null;
      const wave = waves.get(content) ?? readContent(content);
      waves.set(content, wave);
      const { latestReleaseId, publicReleaseId } = wave;
      return {
        wave,
        release: latestReleaseId === null ? null : await readRelease(db, latestReleaseId),
        publicRelease: publicReleaseId === null ? null : await readRelease(db, publicReleaseId),
      };
    },
  };
}

function readContent(content: string): ResultWave {
  const fingerprint = createHash('sha256').update(content).digest('base64url');
  return { ...contentSchema.parse(JSON.parse(content)), fingerprint };
}

/** The wave as one text, so that it need not be taken apart to see that it is still the same. */
async function selectOptionalContent(db: Database, waveKey: string): Promise<string | null> {
  const [row] = await selectRows(db, rowSchema, {
    sql: `SELECT CAST(json_build_object(
            'id', wave.id, 'key', wave.key, 'period', wave.period, 'state', wave.state,
            'instrumentVersionId', wave.instrument_version_id,
            'network', json_build_object('id', network.id, 'key', network.key, 'name', network.name,
                                         'isDemo', network.is_demo),
            'organisations',
            (SELECT coalesce(json_agg(json_build_object('id', organisation.id, 'key', organisation.key,
                                      'name', organisation.name, 'kind', organisation.kind)
                                      ORDER BY organisation.name, organisation.key), '[]')
               FROM organisation
              WHERE organisation.id IN (SELECT organisation_id FROM network_member WHERE network_id = network.id
                                        UNION SELECT organisation_id FROM stratum WHERE wave_id = wave.id)),
            'releasedWaves',
            (SELECT coalesce(json_agg(json_build_object('key', other.key, 'period', other.period,
                                      'isPublic', newest.is_public, 'embargoUntil', newest.embargo_until)
                                      ORDER BY other.period DESC, other.key DESC), '[]')
               FROM wave AS other
               JOIN LATERAL (SELECT bool_or(release.audience = 'public') AS is_public,
                                    max(release.embargo_until) AS embargo_until
                               FROM release WHERE release.wave_id = other.id
                              GROUP BY release.number ORDER BY release.number DESC LIMIT 1) AS newest ON true
              WHERE other.network_id = network.id AND other.state = 'released'),
            'latestReleaseId',
            (SELECT release.id FROM release WHERE release.wave_id = wave.id AND release.audience = 'network'
              ORDER BY release.number DESC LIMIT 1),
            'publicReleaseId',
            (SELECT release.id FROM release
              WHERE release.wave_id = wave.id AND release.audience = 'public'
                AND release.number = (SELECT max(number) FROM release WHERE release.wave_id = wave.id))
            ) AS text) AS content
       FROM wave JOIN network ON network.id = wave.network_id
      WHERE wave.key = :waveKey`,
    bindings: { waveKey },
  });
  return row?.content ?? null;
}
