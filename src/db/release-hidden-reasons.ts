import { z } from 'zod';
import type { HiddenGroup } from '../domain/benchmark/release-figures';
import { hiddenReasons } from '../domain/disclosure/types';
import { selectRows, type Database } from './database';

const rowSchema = z.object({ indicator: z.string(), group: z.string(), reason: z.enum(hiddenReasons) });

/**
 * Reads why groups of a release are hidden; for administrators only.
 * @param db the database or a transaction
 * @param releaseId the release
 * @returns one row per indicator and hidden group, in the order of their keys
 */
export async function selectHiddenReasons(db: Database, releaseId: string): Promise<readonly HiddenGroup[]> {
  return selectRows(db, rowSchema, {
    sql: `SELECT indicator, group_key AS "group", reason
            FROM release_hidden_reason
           WHERE release_id = :releaseId
           ORDER BY indicator COLLATE "C", group_key COLLATE "C"`,
    bindings: { releaseId },
  });
}
