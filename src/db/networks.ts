import { z } from 'zod';
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
}

const columns = `network.id, network.key, network.name, network.is_open, network.is_demo, network.contact_name,
  network.contact_email`;

const rowSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    name: z.string(),
    is_open: z.boolean(),
    is_demo: z.boolean(),
    contact_name: z.string().nullable(),
    contact_email: z.string().nullable(),
  })
  .transform((row): Network => ({
    id: row.id,
    key: row.key,
    name: row.name,
    isOpen: row.is_open,
    isDemo: row.is_demo,
    contactName: row.contact_name,
    contactEmail: row.contact_email,
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
 * Adds a network.
 * @param transaction a transaction
 * @param network the network without its id
 * @returns the network
 */
export async function insertNetwork(transaction: Database, network: Omit<Network, 'id'>): Promise<Network> {
  const [row] = await selectRows(transaction, rowSchema, {
    sql: `INSERT INTO network (key, name, is_open, is_demo, contact_name, contact_email)
          VALUES (:key, :name, :isOpen, :isDemo, :contactName, :contactEmail) RETURNING ${columns}`,
    bindings: { ...network },
  });
  if (row === undefined) throw new RangeError('no network was returned');
  return row;
}
