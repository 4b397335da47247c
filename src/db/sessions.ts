import createConnectPgSimple from 'connect-pg-simple';
import session, { type Store } from 'express-session';
import type { Knex } from 'knex';

type Binding = string | number | null;

/**
 * Keeps sessions in the table `session`, through the pool that everything else uses.
 * @param db the database pool
 * @returns a store for express-session
 */
export function createSessionStore(db: Knex): Store {
  const PostgresStore = createConnectPgSimple(session);
  const store = new PostgresStore({
    tableName: 'session',
    pruneSessionInterval: 15 * 60,
    pgPromise: {
      // The store numbers its parameters ($1); knex wants one question mark a binding.
      any: async (sql: string, values: readonly Binding[] = []): Promise<unknown[]> => {
        const ordered: Binding[] = [];
        const text = sql.replace(/\$(\d+)/g, (_match, number: string) => {
          ordered.push(values[Number(number) - 1] ?? null);
          return '?';
        });
        const result = await db.raw<{ rows: unknown[] }>(text, ordered);
        return result.rows;
      },
    },
  });
  const touch = store.touch.bind(store);
  // It comes after the page has been made: a session that is not made to last longer is no reason to take the page away.
  store.touch = (id, data, done) => {
    touch(id, data, () => done?.());
  };
  return store;
}
