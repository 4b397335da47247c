import { resolve } from 'node:path';
import { z } from 'zod';
import { chooseDataDirectory } from './platform/data-directory';
import { packageRoot } from './platform/package-root';
import { createStartFault } from './platform/start-fault';

/** What the environment decides, read once when the process starts. */
export interface Config {
  /** TCP port; 0 lets the system choose, and the server puts the chosen one here before anything else sees it. */
  readonly port: number;
  readonly host: string;
  /** Address that people use, without a slash at the end; every link that is printed or sent begins with it. */
  readonly publicUrl: string;
  /** Value of Express' `trust proxy`: false, a number of proxies, or their addresses separated by commas. */
  readonly trustProxy: false | number | string;
  /** An ordinary Postgres; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** Absolute path of the folder with the embedded database and whatever else must survive a restart. */
  readonly dataDirectory: string;
  /** Requests of respondents that share a statement at most, and such statements of one kind at the same time. */
  readonly batches: { readonly size: number; readonly workers: number };
  readonly environment: 'development' | 'production' | 'test';
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

const proxyAddress = /^(loopback|linklocal|uniquelocal|[0-9a-f.:]+(\/\d{1,3})?)$/i;

function readTrustProxy(text: string): false | number | string | undefined {
  if (text === 'false') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const addresses = text.split(',').map((address) => address.trim());
  return addresses.every((address) => proxyAddress.test(address)) ? addresses.join(',') : undefined;
}

const httpUrl = z.url({ protocol: /^https?$/ }).refine((text) => /^https?:\/\/[^/?#]+(\/[^?#]*)?$/.test(text));

const schema = z.object({
  PORT: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().max(65535)).default(3000),
  HOST: z.string().regex(/^\S+$/).default('127.0.0.1'),
  PUBLIC_URL: httpUrl.transform((text) => text.replace(/\/+$/, '')).optional(),
  TRUST_PROXY: z
    .string()
    .transform(readTrustProxy)
    .pipe(z.union([z.literal(false), z.number(), z.string()]))
    .default(false),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATA_DIR: z.string().optional(),
  BATCH_SIZE: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(1000)).default(100),
  BATCH_WORKERS: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(10)).default(1),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
});

const expectations: Readonly<Record<string, string>> = {
  PORT: 'a whole number from 0 to 65535, where 0 lets the system choose',
  HOST: 'an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  PUBLIC_URL: 'the address people use, such as https://barometer.example.org',
  TRUST_PROXY: 'false, the number of proxies in front, or their addresses separated by commas',
  DATABASE_URL: 'postgres://NAME:PASSWORD@HOST:PORT/DATABASE',
  DATA_DIR: 'the path of a folder',
  BATCH_SIZE: 'a whole number from 1 to 1000',
  BATCH_WORKERS: 'a whole number from 1 to 10',
  NODE_ENV: 'development, production or test',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
};

function describeFault(variable: string, found: string | undefined): string {
  const shown = variable === 'DATABASE_URL' ? 'a value of another form' : `"${found ?? ''}"`;
  return `${variable} is ${shown}; expected ${expectations[variable] ?? 'another value'}.`;
}

/**
 * The address that people use when PUBLIC_URL does not say it.
 * @param port TCP port that the server listens on
 * @returns address without a slash at the end
 */
export function defaultPublicUrl(port: number): string {
  return `http://localhost:${port}`;
}

/**
 * Reads the environment.
 * @param environment variables by name; an empty value counts as not set
 * @returns the frozen configuration
 * @throws a start fault of one line that names the variable, what was found and what is expected
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const variable = String(parsed.error.issues[0]?.path[0]);
    throw createStartFault(describeFault(variable, environment[variable]));
  }
  const values = parsed.data;
  const isRoot = process.getuid?.() === 0;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? defaultPublicUrl(values.PORT),
    trustProxy: values.TRUST_PROXY,
    databaseUrl: values.DATABASE_URL,
    dataDirectory: values.DATA_DIR === undefined ? chooseDataDirectory(packageRoot, isRoot) : resolve(values.DATA_DIR),
    batches: { size: values.BATCH_SIZE, workers: values.BATCH_WORKERS },
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL ?? (values.NODE_ENV === 'production' ? 'info' : 'warn'),
  });
}
