import { z } from 'zod';
import { agreedLimitsSchema, type AgreedLimits } from '../domain/disclosure/policy';
import { selectRows, type Database } from './database';

/** A network without its members. */
export interface Network {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly isDemo: boolean;
  readonly contactName: string | null;
  readonly contactEmail: string | null;
  /** Whether figures are released only when a second person has agreed. */
  readonly releaseNeedsTwo: boolean;
  /** No new wave of the network shows figures on fewer valid answers. */
  readonly minimumCellSize: number;
  readonly limits: AgreedLimits;
}

const columns = `network.id, network.key, network.name, network.is_open, network.is_demo, network.contact_name,
  network.contact_email, network.release_needs_two, network.minimum_cell_size,
  network.agreed_limits`;

const rowSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    is_open: z.boolean(),
    is_demo: z.boolean(),
    contact_name: z.string().nullable(),
    contact_email: z.string().nullable(),
    release_needs_two: z.boolean(),
    minimum_cell_size: z.number(),
    agreed_limits: agreedLimitsSchema,
  })
  .transform((row): Network => ({
    id: row.id,
    key: row.key,
    name: row.name,
    isOpen: row.is_open,
    isDemo: row.is_demo,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
    releaseNeedsTwo: row.release_needs_two,
    minimumCellSize: row.minimum_cell_size,
    limits: row.agreed_limits,
  }));

/**
 * Finds a network by its key.
 * @param db the database or a transaction
 * @param key key of the network
 * @returns the network, or null when there is none
 */
export async function selectOptionalNetwork(db: Database, key: string): Promise<Network | null> {
  const sql = `SELECT ${columns} FROM network WHERE network.key = :key`;
  const [row] = await selectRows(db, rowSchema, { sql, bindings: { key } });
  return row ?? null;
}

/**
 * Finds a network that is there because something belongs to it.
 * @param db the database or a transaction
 * @param key key of the network
 * @returns the network
 * @throws RangeError when there is none
 */
export async function selectNetwork(db: Database, key: string): Promise<Network> {
  const network = await selectOptionalNetwork(db, key);
  if (network === null) throw new RangeError(`no network has the key ${key}`);
  return network;
}

/**
 * Adds a network.
 * @param transaction a transaction
 * @param network the network without its id
 * @returns the network
 */
export async function insertNetwork(transaction: Database, network: Omit<Network, 'id'>): Promise<Network> {
  const [row] = await selectRows(transaction, rowSchema, {
    sql: `INSERT INTO network (key, name, is_open, is_demo, contact_name, contact_email, release_needs_two,
                               minimum_cell_size, agreed_limits)
          VALUES (:key, :name, :isOpen, :isDemo, :contactName, :contactEmail, :releaseNeedsTwo, :minimumCellSize,
                  CAST(:limits AS jsonb)) RETURNING ${columns}`,
    bindings: { ...network, limits: JSON.stringify(network.limits) },
  });
  if (row === undefined) throw new RangeError('no network was returned');
  return row;
}

/**
 * Changes the name and the agreements of a network; waves that exist keep what they began with.
 * @param transaction a transaction
 * @param network the network as it is to be
 */
export async function updateNetwork(transaction: Database, network: Network): Promise<void> {
  await transaction.raw(
    `UPDATE network SET name = :name, is_open = :isOpen, contact_name = :contactName, contact_email = :contactEmail,
                        release_needs_two = :releaseNeedsTwo, minimum_cell_size = :minimumCellSize,
                        agreed_limits = CAST(:limits AS jsonb)
      WHERE network.id = :id`,
    { ...network, limits: JSON.stringify(network.limits) },
  );
}
