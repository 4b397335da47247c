import { Writable } from 'node:stream';
import type { Express } from 'express';
import { pino } from 'pino';
import { createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import { createContext, type Context } from '../../src/context';
import type { Database } from '../../src/db/database';

/** The real program on a test database, with everything it logs. */
export interface RespondentApp {
  readonly app: Express;
  readonly context: Context;
  readonly logged: () => string;
}

/**
 * Puts the real program together.
 * @param db the test database
 * @param environment variables besides NODE_ENV
 */
export async function createRespondentApp(
  db: Database,
  environment: Readonly<Record<string, string>> = {},
): Promise<RespondentApp> {
  let text = '';
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const config = loadConfig({ NODE_ENV: 'test', ...environment });
  const context = await createContext({ config, db, log: pino({ level: 'trace' }, sink) });
  return { app: createApp(context), context, logged: () => text };
}
