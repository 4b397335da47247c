import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Config } from './config';
import { createInstrumentCache, type InstrumentCache } from './db/instruments';
import { createRespondentBatches, type RespondentBatches } from './db/respondent-batches';
import { createResultCache, type ResultCache } from './db/released-waves';
import { selectOrCreateSecret } from './db/secrets';
import { createSurveyFileReader } from './db/survey-files';
import type { BaselineCatalogue } from './domain/benchmark/baselines';
import { softwareVersion, surveysFolder } from './platform/package-root';
import { loadBaselines } from './platform/load-baselines';

/** Keys of the installation, made once and kept in the database so that several processes share them. */
export interface Secrets {
  readonly session: Buffer;
  readonly respondentCookie: Buffer;
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
  readonly baselines: BaselineCatalogue;
  /** Version of package.json, kept with every release. */
  readonly softwareVersion: string;
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
    baselines: await loadBaselines(createSurveyFileReader(surveysFolder)),
    softwareVersion,
    secrets: {
      session: await selectOrCreateSecret(db, 'session', randomBytes(32)),
      respondentCookie: await selectOrCreateSecret(db, 'respondent-cookie', randomBytes(32)),
    },
  };
}

/**
 * Lets use cases run within one transaction.
 * @param context the process' context
 * @param transaction an open transaction
 * @returns a context of which everything that reads or writes goes through the transaction
 */
export function moveContext(context: Context, transaction: Knex): Context {
  const respondents = createRespondentBatches(transaction, context.config.batches);
  return { ...context, db: transaction, respondents };
}
