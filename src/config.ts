import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { chooseDataDirectory } from './platform/data-directory';
import { isEmail } from './domain/fieldwork/contact';
import { packageRoot } from './platform/package-root';
import { createStartFault } from './platform/start-fault';

/** How invitations and reminders leave. */
interface MailPace {
  /** Invitations and reminders handed over in a minute at most. */
  readonly perMinute: number;
  /** Address that undeliverable mail comes back to; each mail adds its own number behind a plus. */
  readonly returnAddress: string | undefined;
}

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
  /** Where mail goes: a mail server, or files in a folder; undefined: nowhere, links are handed out in other ways. */
  readonly mail:
    | (MailPace & {
        readonly kind: 'smtp';
        readonly url: string;
        readonly from: string;
        /** Nothing is handed to a server that cannot encrypt the connection. */
        readonly isTlsRequired: boolean;
        /** PEM file of the authority that vouches for the mail server, when the system does not know it. */
        readonly certificateFile: string | undefined;
      })
    | (MailPace & { readonly kind: 'folder'; readonly folder: string; readonly from: string })
    | undefined;
  /** Seals secrets of sign-in providers; undefined: a key in the database does. */
  readonly secretsKey: string | undefined;
  /** Where mail that cannot be delivered is reported. */
  readonly bounces: {
    /** Maildir folder or mbox file; undefined: none is read. */
    readonly mailbox: string | undefined;
    /** What a program that reports bounces must know; undefined: nobody may report. */
    readonly secret: string | undefined;
  };
  /** What a monitoring program shows to read /metrics; undefined: there is no such address. */
  readonly metricsToken: string | undefined;
  /** Base addresses of public registers, without a slash at the end; undefined: nothing is ever fetched from them. */
  readonly registers: { readonly registerUrl: string; readonly klassUrl: string } | undefined;
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

const isSender = (text: string): boolean => isEmail(/<([^<>]+)>$/.exec(text)?.[1] ?? text);

const shortestSecretsKey = 32;

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
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMTP_TLS: z.enum(['required', 'offered']).optional(),
  SMTP_CA_FILE: z.string().optional(),
  MAIL_FROM: z.string().refine(isSender).optional(),
  SECRETS_KEY: z.string().min(shortestSecretsKey).optional(),
  MAIL_PER_MINUTE: z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(30).max(60_000)).default(300),
  BOUNCE_ADDRESS: z
    .string()
    .refine((text) => isEmail(text) && !text.includes('+'))
    .optional(),
  BOUNCE_MAILBOX: z.string().optional(),
  BOUNCE_SECRET: z.string().min(20).optional(),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,}$/)
    .optional(),
  REGISTER_FETCH: z.enum(['on', 'off']).default('on'),
  REGISTER_URL: httpUrl.default('https://data.brreg.no/enhetsregisteret/api'),
  KLASS_URL: httpUrl.default('https://data.ssb.no/api/klass/v1'),
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
  SMTP_URL: 'smtp://NAME:PASSWORD@HOST:PORT, or smtps:// for TLS from the start',
  SMTP_TLS: 'required (the default, except for a server on this machine) or offered',
  SMTP_CA_FILE: 'the path of a PEM file',
  MAIL_PER_MINUTE: 'a whole number from 30 to 60000',
  BOUNCE_ADDRESS: 'an address without a plus, such as bounces@barometer.example.org',
  BOUNCE_MAILBOX: 'the path of a Maildir folder or an mbox file',
  BOUNCE_SECRET: 'at least 20 characters',
  MAIL_FROM: 'the sender of mail, such as Innovasjonsnettverket <barometer@example.org>',
  SECRETS_KEY: `at least ${shortestSecretsKey} random characters`,
  METRICS_TOKEN: 'at least 16 letters, digits or . _ ~ + / = -',
  REGISTER_FETCH: 'on or off',
  REGISTER_URL: 'the address of Enhetsregisteret, such as https://data.brreg.no/enhetsregisteret/api',
  KLASS_URL: 'the address of Klass, such as https://data.ssb.no/api/klass/v1',
  NODE_ENV: 'development, production or test',
  LOG_LEVEL: 'fatal, error, warn, info, debug, trace or silent',
};

/** Variables that hold secrets, which may lie in files named by NAME_FILE. */
const secretVariables = ['DATABASE_URL', 'SMTP_URL', 'SECRETS_KEY', 'BOUNCE_SECRET', 'METRICS_TOKEN'];

function describeFault(variable: string, found: string | undefined): string {
  const shown = secretVariables.includes(variable) ? 'a value of another form' : `"${found ?? ''}"`;
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

/** A mail server on this machine, or a relay that only passes on, is reached without leaving it. */
const ownMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

/** In production mail needs a server; when trying things out it lands in a folder. */
function chooseMail(values: z.infer<typeof schema>, dataDirectory: string): Config['mail'] {
  const from = values.MAIL_FROM ?? 'Innovasjonsbarometer <innovasjonsbarometer@localhost.invalid>';
  const pace = { perMinute: values.MAIL_PER_MINUTE, returnAddress: values.BOUNCE_ADDRESS };
  const { SMTP_URL: url } = values;
  if (url !== undefined) {
    const isTlsRequired =
      (values.SMTP_TLS ?? (ownMachine.test(new URL(url).hostname) ? 'offered' : 'required')) === 'required';
    const certificateFile = values.SMTP_CA_FILE === undefined ? undefined : resolve(values.SMTP_CA_FILE);
    return { kind: 'smtp', url, from, isTlsRequired, certificateFile, ...pace };
  }
  if (values.NODE_ENV === 'production') return undefined;
  return { kind: 'folder', folder: join(dataDirectory, 'mail'), from, ...pace };
}

/** Registers are asked only when an administrator presses a button, and not at all where the operator says so. */
function chooseRegisters(values: z.infer<typeof schema>): Config['registers'] {
  if (values.REGISTER_FETCH === 'off') return undefined;
  return {
    registerUrl: values.REGISTER_URL.replace(/\/+$/, ''),
    klassUrl: values.KLASS_URL.replace(/\/+$/, ''),
  };
}

function readSecretFiles(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  const secrets = secretVariables.flatMap((variable) => {
    const file = given[`${variable}_FILE`];
    if (file === undefined) return [];
    try {
      return [[variable, readFileSync(file, 'utf8').trim()] as const];
    } catch (fault) {
      throw createStartFault(
        `${variable}_FILE is "${file}", which cannot be read; expected the path of a file.`,
        fault,
      );
    }
  });
  return Object.fromEntries(secrets);
}

/**
 * Reads the environment.
 * @param environment variables by name; an empty value counts as not set
 * @returns the frozen configuration
 * @throws a start fault of one line that names the variable, what was found and what is expected
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse({ ...given, ...readSecretFiles(given) });
  if (!parsed.success) {
    const variable = String(parsed.error.issues[0]?.path[0]);
    throw createStartFault(describeFault(variable, environment[variable]));
  }
  const values = parsed.data;
  const isRoot = process.getuid?.() === 0;
  const dataDirectory =
    values.DATA_DIR === undefined ? chooseDataDirectory(packageRoot, isRoot) : resolve(values.DATA_DIR);
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL ?? defaultPublicUrl(values.PORT),
    trustProxy: values.TRUST_PROXY,
    databaseUrl: values.DATABASE_URL,
    dataDirectory,
    mail: chooseMail(values, dataDirectory),
    bounces: {
      mailbox: values.BOUNCE_MAILBOX === undefined ? undefined : resolve(values.BOUNCE_MAILBOX),
      secret: values.BOUNCE_SECRET,
    },
    registers: chooseRegisters(values),
    batches: { size: values.BATCH_SIZE, workers: values.BATCH_WORKERS },
    secretsKey: values.SECRETS_KEY,
    metricsToken: values.METRICS_TOKEN,
    environment: values.NODE_ENV,
    logLevel: values.LOG_LEVEL ?? (values.NODE_ENV === 'production' ? 'info' : 'warn'),
  });
}
