import createConnectPgSimple from 'connect-pg-simple';
import session, { type Store } from 'express-session';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { selectRows, type Bindings, type Database } from './database';

const touchMinutes = 10;
const mostRemembered = 10_000;
const rowSchema = z.unknown();

/**
 * Keeps sessions in the table `session`, through the pool that everything else uses. A session that is used is given
 * more time at most once in ten minutes, so that reading pages hardly ever writes.
 * @param db the database pool
 * @returns a store for express-session
 */
export function createSessionStore(db: Database): Store {
  const PostgresStore = createConnectPgSimple(session);
  const store = new PostgresStore({
    tableName: 'session',
    // Sessions that are over are deleted every hour, with what else is: see deleteOldSessions.
    pruneSessionInterval: false,
    pgPromise: {
      // The store numbers its parameters ($1); here they have names.
      any: async (sql: string, values: readonly Bindings[string][] = []): Promise<readonly unknown[]> =>
        selectRows(db, rowSchema, {
          sql: sql.replace(/\$(\d+)/g, ':value$1'),
          bindings: Object.fromEntries(values.map((value, index) => [`value${index + 1}`, value])),
        }),
    },
  });
  const touched = new LRUCache<string, true>({ max: mostRemembered, ttl: touchMinutes * 60_000 });
  const touch = store.touch.bind(store);
  store.touch = (id, data, done) => {
    if (touched.has(id)) {
      done?.();
      return;
    }
    touched.set(id, true);
    // It comes after the page has been made: a session that is not made to last longer is no reason to take the page away.
    touch(id, data, () => done?.());
  };
  return store;
}

/**
 * Deletes sessions that are over.
 * @param db the database
 * @param now the present moment
 */
export async function deleteOldSessions(db: Database, now: Date): Promise<void> {
  await db.raw('DELETE FROM session WHERE session.expire < CAST(:now AS timestamptz)', { now });
}
