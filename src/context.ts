import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Config } from './config';
import { createInstrumentCache, type InstrumentCache } from './db/instruments';
import { createRespondentBatches, type RespondentBatches } from './db/respondent-batches';
import { createResultCache, type ResultCache } from './db/released-waves';
import { selectOrCreateSecret } from './db/secrets';
import { createSurveyFileReader } from './db/survey-files';
import { createIdentityClient, type IdentityClient } from './identity/create-identity-client';
import { createMailer, type Mailer } from './mail/create-mailer';
import { createRegisterClient, type RegisterClient } from './registers/create-register-client';
import type { BaselineCatalogue } from './domain/benchmark/baselines';
import { freezeInThreads, type FreezeRelease } from './platform/freeze-in-threads';
import { listMigrations } from './platform/list-migrations';
import { softwareVersion, surveysFolder } from './platform/package-root';
import { loadBaselines } from './platform/load-baselines';

/** Keys of the installation, made once and kept in the database so that several processes share them. */
export interface Secrets {
  readonly session: Buffer;
  readonly respondentCookie: Buffer;
  /** What is sealed begins with it: cookies of sign-ins under way, and secrets of providers. */
  readonly sealing: Buffer;
  /** Signs links in mail that nothing is stored of. */
  readonly optOut: Buffer;
}

/** Everything a use case depends on, passed as one plain value. */
export interface Context {
  readonly db: Knex;
  readonly config: Config;
  readonly log: Logger;
  /** The clock. */
  readonly now: () => Date;
  /** Cryptographic randomness: that many random bytes. */
  readonly randomBytes: (count: number) => Buffer;
  /** Compiled instrument versions by id, each compiled once. */
  readonly instruments: InstrumentCache;
  /** What respondents ask of the database; those who ask at the same time share statements. */
  readonly respondents: RespondentBatches;
  /** Released waves, asked for every time and understood once. */
  readonly results: ResultCache;
  /** Speaks with the providers that people sign in with. */
  readonly identity: IdentityClient;
  /** Sends mail; null: this installation has no mail. */
  readonly mailer: Mailer | null;
  /** Fetches from public registers when somebody asks for it; null: this installation never does. */
  readonly registers: RegisterClient | null;
  /** Decides what a release shows, in threads. */
  readonly freeze: FreezeRelease;
  readonly baselines: BaselineCatalogue;
  /** Version of package.json, kept with every release. */
  readonly softwareVersion: string;
  /** Names of the migrations that this program needs. */
  readonly migrations: readonly string[];
  readonly secrets: Secrets;
}

/**
 * Builds the context of a process from a migrated database.
 * @param parts configuration, database pool and log
 * @returns the context
 * @throws AppError import_faulty when a published baseline figure is faulty
 */
export async function createContext(parts: { config: Config; db: Knex; log: Logger }): Promise<Context> {
  const { db } = parts;
  return {
    ...parts,
    now: () => new Date(),
    randomBytes,
    instruments: createInstrumentCache(),
    respondents: createRespondentBatches(db, parts.config.batches),
    results: createResultCache(),
    identity: createIdentityClient({ allowsLoopback: parts.config.environment !== 'production' }),
    mailer: parts.config.mail === undefined ? null : createMailer(parts.config.mail),
    registers: parts.config.registers === undefined ? null : createRegisterClient(parts.config.registers),
    freeze: freezeInThreads,
    baselines: await loadBaselines(createSurveyFileReader(surveysFolder)),
    softwareVersion,
    migrations: await listMigrations(),
    secrets: {
      session: await selectOrCreateSecret(db, 'session', randomBytes(32)),
      respondentCookie: await selectOrCreateSecret(db, 'respondent-cookie', randomBytes(32)),
      sealing: await selectOrCreateSecret(db, 'sealing', randomBytes(32)),
      optOut: await selectOrCreateSecret(db, 'opt-out', randomBytes(32)),
    },
  };
}

/**
 * Lets use cases run within one transaction, or with another pool.
 * @param context the process' context
 * @param db an open transaction or a pool
 * @returns a context of which everything that reads or writes goes through it
 */
export function moveContext(context: Context, db: Knex): Context {
  return { ...context, db, respondents: createRespondentBatches(db, context.config.batches) };
}
