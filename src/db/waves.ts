import { z } from 'zod';
import { disclosurePolicySchema } from '../domain/disclosure/policy';
import type { DisclosurePolicy } from '../domain/disclosure/types';
import { anonymityLevels, waveStates, type AnonymityLevel, type WaveState } from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

/** One round of fieldwork. Dates are YYYY-MM-DD. */
export interface Wave {
  readonly id: string;
  readonly key: string;
  readonly networkId: string;
  readonly networkKey: string;
  readonly instrumentVersionId: string;
  /** For example workplace/1. */
  readonly instrument: string;
  readonly period: string;
  readonly state: WaveState;
  readonly anonymityLevel: AnonymityLevel;
  readonly policy: DisclosurePolicy;
  readonly openedOn: string | null;
  readonly closesOn: string | null;
  readonly closedOn: string | null;
  readonly releasedOn: string | null;
  readonly deleteAddressesOn: string | null;
}

const columns = `wave.id, wave.key, wave.network_id, network.key AS network_key, wave.instrument_version_id,
  instrument_version.instrument || '/' || instrument_version.version AS instrument, wave.period, wave.state,
  wave.anonymity_level, wave.policy, wave.opened_on, wave.closes_on, wave.closed_on, wave.released_on,
  wave.delete_addresses_on`;
const tables = `wave JOIN network ON network.id = wave.network_id
  JOIN instrument_version ON instrument_version.id = wave.instrument_version_id`;

const rowSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    network_id: z.string(),
    network_key: z.string(),
    instrument_version_id: z.string(),
    instrument: z.string(),
    period: z.string(),
    state: z.enum(waveStates),
    anonymity_level: z.enum(anonymityLevels),
    policy: disclosurePolicySchema,
    opened_on: z.iso.date().nullable(),
    closes_on: z.iso.date().nullable(),
    closed_on: z.iso.date().nullable(),
    released_on: z.iso.date().nullable(),
    delete_addresses_on: z.iso.date().nullable(),
  })
  .transform((row): Wave => ({
    id: row.id,
    key: row.key,
    networkId: row.network_id,
    networkKey: row.network_key,
    instrumentVersionId: row.instrument_version_id,
    instrument: row.instrument,
    period: row.period,
    state: row.state,
    anonymityLevel: row.anonymity_level,
    policy: row.policy,
    openedOn: row.opened_on,
    closesOn: row.closes_on,
    closedOn: row.closed_on,
    releasedOn: row.released_on,
    deleteAddressesOn: row.delete_addresses_on,
  }));

/**
 * Finds a wave by its key.
 * @param db the database or a transaction
 * @param key key of the wave
 * @returns the wave, or null when there is none
 */
export async function selectOptionalWave(db: Database, key: string): Promise<Wave | null> {
  const sql = `SELECT ${columns} FROM ${tables} WHERE wave.key = :key`;
  const [row] = await selectRows(db, rowSchema, { sql, bindings: { key } });
  return row ?? null;
}

/**
 * Finds a wave and keeps everybody else from changing it, or handing in answers to it, until the transaction ends.
 * @param transaction a transaction
 * @param key key of the wave
 * @returns the wave, or null when there is none
 */
export async function selectOptionalWaveForUpdate(transaction: Database, key: string): Promise<Wave | null> {
  const sql = `SELECT ${columns} FROM ${tables} WHERE wave.key = :key FOR NO KEY UPDATE OF wave`;
  const [row] = await selectRows(transaction, rowSchema, { sql, bindings: { key } });
  return row ?? null;
}

/**
 * Lists waves.
 * @param db the database or a transaction
 * @returns every wave, by network and then key
 */
export async function selectWaves(db: Database): Promise<readonly Wave[]> {
  return selectRows(db, rowSchema, { sql: `SELECT ${columns} FROM ${tables} ORDER BY network.key, wave.key` });
}

/** What a wave begins with. */
export interface NewWave {
  readonly key: string;
  readonly networkId: string;
  readonly instrumentVersionId: string;
  readonly period: string;
  readonly anonymityLevel: AnonymityLevel;
  readonly policy: DisclosurePolicy;
  readonly closesOn: string | null;
}

/**
 * Adds a wave in the state draft.
 * @param transaction a transaction
 * @param wave what it begins with
 */
export async function insertWave(transaction: Database, wave: NewWave): Promise<void> {
  await transaction.raw(
    `INSERT INTO wave (key, network_id, instrument_version_id, period, anonymity_level, policy, minimum_cell_size, closes_on)
     VALUES (:key, :networkId, :instrumentVersionId, :period, :anonymityLevel, CAST(:policy AS jsonb), :minimumCellSize,
             :closesOn)`,
    { ...wave, policy: JSON.stringify(wave.policy), minimumCellSize: wave.policy.minimumCellSize },
  );
}

/**
 * Opens a draft wave.
 * @param transaction a transaction
 * @param opened the wave, its day and the day on which names and addresses are deleted
 */
export async function updateWaveOpened(
  transaction: Database,
  opened: { readonly waveId: string; readonly date: string; readonly deleteAddressesOn: string },
): Promise<void> {
  await transaction.raw(
    `UPDATE wave SET state = 'open', opened_on = :date, delete_addresses_on = :deleteAddressesOn WHERE wave.id = :waveId`,
    { ...opened },
  );
}

/**
 * Closes an open wave.
 * @param transaction a transaction
 * @param closed the wave and its day
 */
export async function updateWaveClosed(
  transaction: Database,
  closed: { readonly waveId: string; readonly date: string },
): Promise<void> {
  await transaction.raw(`UPDATE wave SET state = 'closed', closed_on = :date WHERE wave.id = :waveId`, { ...closed });
}

/**
 * Marks a closed wave as released.
 * @param transaction the transaction that also writes the release
 * @param released the wave and its day
 */
export async function updateWaveReleased(
  transaction: Database,
  released: { readonly waveId: string; readonly date: string },
): Promise<void> {
  await transaction.raw(`UPDATE wave SET state = 'released', released_on = :date WHERE wave.id = :waveId`, {
    ...released,
  });
}
