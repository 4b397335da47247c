import type { Knex } from 'knex';
import { z } from 'zod';
import { waveStates, type WaveState } from '../domain/fieldwork/types';

export interface WaveSummary {
  readonly key: string;
  readonly period: string;
  readonly state: WaveState;
  readonly instrumentVersionId: string;
  readonly instrumentVersion: number;
  readonly openedOn: string | null;
  readonly closesOn: string | null;
  /** Embargo of the newest release. */
  readonly embargoUntil: Date | null;
}

export interface NetworkSummary {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly isDemo: boolean;
  readonly members: readonly { readonly key: string; readonly name: string }[];
  /** Newest first. */
  readonly waves: readonly WaveSummary[];
}

const rowSchema = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  is_open: z.boolean(),
  is_demo: z.boolean(),
  members: z.array(z.object({ key: z.string(), name: z.string() })),
  waves: z.array(
    z.object({
      key: z.string(),
      period: z.string(),
      state: z.enum(waveStates),
      instrument_version_id: z.string(),
      instrument_version: z.number(),
      opened_on: z.string().nullable(),
      closes_on: z.string().nullable(),
      embargo_until: z.string().nullable(),
    }),
  ),
});

/**
 * Reads every network with its members and waves.
 * @param db the database or a transaction
 * @returns networks by name
 */
export async function selectNetworkSummaries(db: Knex): Promise<readonly NetworkSummary[]> {
  const result = await db.raw<{ rows: unknown[] }>(`
    SELECT network.id, network.key, network.name, network.is_open, network.is_demo,
           coalesce((SELECT json_agg(json_build_object('key', organisation.key, 'name', organisation.name)
                                     ORDER BY organisation.kind DESC, organisation.name)
                       FROM network_member JOIN organisation ON organisation.id = network_member.organisation_id
                      WHERE network_member.network_id = network.id), '[]') AS members,
           coalesce((SELECT json_agg(json_build_object('key', wave.key, 'period', wave.period, 'state', wave.state,
                              'instrument_version_id', instrument_version.id,
                              'instrument_version', instrument_version.version,
                              'opened_on', wave.opened_on, 'closes_on', wave.closes_on,
                              'embargo_until', (SELECT release.embargo_until FROM release
                                                 WHERE release.wave_id = wave.id ORDER BY release.number DESC LIMIT 1))
                              ORDER BY wave.period DESC, wave.key DESC)
                       FROM wave JOIN instrument_version ON instrument_version.id = wave.instrument_version_id
                      WHERE wave.network_id = network.id), '[]') AS waves
      FROM network
     ORDER BY network.name`);
  return z
    .array(rowSchema)
    .parse(result.rows)
    .map((row) => ({
      id: row.id,
      key: row.key,
      name: row.name,
      isOpen: row.is_open,
      isDemo: row.is_demo,
      members: row.members,
      waves: row.waves.map((wave) => ({
        key: wave.key,
        period: wave.period,
        state: wave.state,
        instrumentVersionId: wave.instrument_version_id,
        instrumentVersion: wave.instrument_version,
        openedOn: wave.opened_on,
        closesOn: wave.closes_on,
        embargoUntil: wave.embargo_until === null ? null : new Date(wave.embargo_until),
      })),
    }));
}
