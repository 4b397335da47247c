import { z } from 'zod';
import { disclosurePolicySchema } from '../domain/disclosure/policy';
import type { DisclosurePolicy } from '../domain/disclosure/types';
import {
  anonymityLevels,
  populations,
  waveStates,
  type AnonymityLevel,
  type Population,
  type WaveState,
} from '../domain/fieldwork/types';
import { selectRows, type Database } from './database';

/** One round of fieldwork. Dates are YYYY-MM-DD. */
export interface Wave {
  readonly id: string;
  readonly key: string;
  readonly networkId: string;
  readonly networkKey: string;
  readonly networkName: string;
  /** Everything in the network is synthetic. */
  readonly isDemo: boolean;
  readonly instrumentVersionId: string;
  /** For example workplace/1. */
  readonly instrument: string;
  readonly period: string;
  readonly state: WaveState;
  readonly anonymityLevel: AnonymityLevel;
  readonly policy: DisclosurePolicy;
  /** Smallest number of valid answers behind a public figure; null: respondents were not told of public figures. */
  readonly publicCellSize: number | null;
  readonly population: Population;
  /** Days from opening until names and addresses are deleted. */
  readonly retentionDays: number;
  /** Whole per cent. */
  readonly targetResponseRate: number | null;
  /** True when the network asks for two people now, or did when the wave opened. */
  readonly releaseNeedsTwo: boolean;
  readonly testMailReceivedOn: string | null;
  /** Planned day of opening. */
  readonly opensOn: string | null;
  readonly openedOn: string | null;
  readonly closesOn: string | null;
  readonly closedOn: string | null;
  readonly releasedOn: string | null;
  readonly deleteAddressesOn: string | null;
}

const columns = `wave.id, wave.key, wave.network_id, network.key AS network_key,
  network.name AS network_name, network.is_demo, wave.instrument_version_id,
  instrument_version.instrument || '/' || instrument_version.version AS instrument, wave.period, wave.state,
  wave.anonymity_level, wave.policy, wave.opened_on, wave.closes_on, wave.closed_on, wave.released_on,
  wave.delete_addresses_on, wave.public_cell_size, wave.population, wave.retention_days, wave.target_response_rate,
  wave.release_needs_two OR network.release_needs_two AS release_needs_two, wave.test_mail_received_on, wave.opens_on`;
const tables = `wave JOIN network ON network.id = wave.network_id
  JOIN instrument_version ON instrument_version.id = wave.instrument_version_id`;

const rowSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    network_id: z.string(),
    network_key: z.string(),
    network_name: z.string(),
    is_demo: z.boolean(),
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
    public_cell_size: z.number().nullable(),
    population: z.enum(populations),
    retention_days: z.number(),
    target_response_rate: z.number().nullable(),
    release_needs_two: z.boolean(),
    test_mail_received_on: z.iso.date().nullable(),
    opens_on: z.iso.date().nullable(),
  })
  .transform((row): Wave => ({
    id: row.id,
    key: row.key,
    networkId: row.network_id,
    networkKey: row.network_key,
    networkName: row.network_name,
    isDemo: row.is_demo,
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
    publicCellSize: row.public_cell_size,
    population: row.population,
    retentionDays: row.retention_days,
    targetResponseRate: row.target_response_rate,
    releaseNeedsTwo: row.release_needs_two,
    testMailReceivedOn: row.test_mail_received_on,
    opensOn: row.opens_on,
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
  /** Managers unless told. */
  readonly population?: Population;
}

/**
 * Adds a wave in the state draft.
 * @param transaction a transaction
 * @param wave what it begins with
 */
export async function insertWave(transaction: Database, wave: NewWave): Promise<void> {
  await transaction.raw(
    `INSERT INTO wave (key, network_id, instrument_version_id, period, anonymity_level, policy, minimum_cell_size, closes_on,
                       population)
     VALUES (:key, :networkId, :instrumentVersionId, :period, :anonymityLevel, CAST(:policy AS jsonb), :minimumCellSize,
             :closesOn, :population)`,
    {
      ...wave,
      policy: JSON.stringify(wave.policy),
      minimumCellSize: wave.policy.minimumCellSize,
      population: wave.population ?? 'managers',
    },
  );
}

/**
 * Opens a draft wave. Whether members see each other, and whether two people release, is from now on what the network
 * says today.
 * @param transaction a transaction
 * @param opened the wave, its day and the day on which names and addresses are deleted
 */
export async function updateWaveOpened(
  transaction: Database,
  opened: { readonly waveId: string; readonly date: string; readonly deleteAddressesOn: string },
): Promise<void> {
  await transaction.raw(
    `UPDATE wave SET state = 'open', opened_on = :date, delete_addresses_on = :deleteAddressesOn,
            policy = jsonb_set(wave.policy, '{isOpenNetwork}', to_jsonb(network.is_open)),
            release_needs_two = network.release_needs_two
       FROM network WHERE network.id = wave.network_id AND wave.id = :waveId`,
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
 * Raises the smallest number of answers behind a figure; the database refuses to lower it.
 * @param transaction a transaction
 * @param raised the wave and the number
 */
export async function updateWaveCellSize(
  transaction: Database,
  raised: { readonly waveId: string; readonly minimumCellSize: number },
): Promise<void> {
  await transaction.raw(
    `UPDATE wave SET minimum_cell_size = CAST(:minimumCellSize AS integer),
            policy = jsonb_set(policy, '{minimumCellSize}', to_jsonb(CAST(:minimumCellSize AS integer)))
      WHERE wave.id = :waveId`,
    { ...raised },
  );
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
