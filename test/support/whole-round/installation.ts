import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, type Program } from '../../integration/start/programs';
import { createEmptyDatabase } from '../database';
import { startMailServer, type MailServer, type ReceivedMail } from '../mail-server';
import { waitUntil } from '../mailings';
import { findFreePort, startIssuer } from '../real-issuer';

/** A server with a database of its own, as somebody who runs it would start it. */
export interface Installation {
  /** Address without a slash at the end. */
  readonly address: string;
  readonly databaseUrl: string;
  /** Runs a command of `barometer` and gives what it printed. */
  readonly runCommand: (...words: readonly string[]) => Promise<string>;
}

/** Everything that a round needs: mail and sign-in are real servers on this machine. */
export interface Surroundings {
  readonly mail: MailServer;
  /** Folder for files that are uploaded or written. */
  readonly folder: string;
  /** An empty database. */
  readonly makeDatabase: () => Promise<string>;
  /** Starts the program on a database. */
  readonly install: (databaseUrl: string) => Promise<Installation>;
  /** Starts a provider whose people come back to an installation. */
  readonly startProvider: (installation: Installation) => Promise<Provider>;
  /** Stops and removes everything. */
  readonly stop: () => Promise<void>;
}

/** What an administrator is told by whoever runs the provider. */
export interface Provider {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
}

const secret = 'a secret that is long enough for HMAC, 1234567890';
export const coordinatorName = 'Ingrid Dahl';

/**
 * Starts a mail server, and makes ready to start the rest.
 * @param undeliverable address that the mail server refuses for good
 */
export async function prepareSurroundings(undeliverable: string): Promise<Surroundings> {
  const mail = await startMailServer({
    onRecipient: (address) => (address === undeliverable ? { code: 550, text: 'no such mailbox' } : 'take'),
  });
  const folder = mkdtempSync(join(tmpdir(), 'barometer-round-'));
  const programs: Program[] = [];
  const drops: (() => Promise<void>)[] = [];
  const environment = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    MAIL_FROM: 'Innovasjonsbarometeret <barometer@example.org>',
    MAIL_PER_MINUTE: '60000',
    DATA_DIR: folder,
  };
  return {
    mail,
    folder,
    makeDatabase: async () => {
      const { url, drop } = await createEmptyDatabase();
      drops.push(drop);
      return url;
    },
    install: async (databaseUrl) => {
      const own = { ...environment, DATABASE_URL: databaseUrl };
      const server = startProgram({ args: ['bin/server.js'], environment: { ...own, PORT: '0' } });
      programs.push(server);
      const address = (await server.printed(/(http:\/\/localhost:\d+)\//))[1] ?? '';
      return {
        address,
        databaseUrl,
        runCommand: (...words) => runCommand(words, { ...own, PUBLIC_URL: address }),
      };
    },
    startProvider: async ({ address }) => {
      const port = await findFreePort();
      const clients = [
        {
          client_id: 'barometer',
          client_secret: secret,
          response_types: ['code'],
          redirect_uris: [`${address}/logg-inn/leverandor/fylket/retur`],
          post_logout_redirect_uris: [`${address}/`],
        },
      ];
      const accounts = { ingrid: { name: coordinatorName, groups: ['barometer'] } };
      programs.push(await startIssuer({ port, clients, accounts }));
      return { issuer: `http://127.0.0.1:${port}`, clientId: 'barometer', secret };
    },
    stop: async () => {
      await Promise.all(programs.map((program) => program.kill('SIGTERM')));
      for (const drop of drops) await drop();
      await mail.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Runs the command line on a database that no server has opened.
 * @param words command and arguments
 * @param environment variables
 * @returns what it printed
 */
export async function runCommand(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const program = startProgram({ args: ['bin/barometer.js', ...words], environment });
  const code = await program.ended;
  if (code !== 0) throw new Error(`barometer ${words.join(' ')} ended with ${String(code)}: ${program.stderr()}`);
  return program.stdout();
}

/**
 * Waits for the newest mail to somebody.
 * @param mail the mail server
 * @param request who it is to, how its text shall read, and how many mails had come before
 */
export async function waitForMail(
  mail: MailServer,
  request: { readonly to: string; readonly pattern: RegExp; readonly after?: number },
): Promise<{ readonly mail: ReceivedMail; readonly found: string }> {
  const { to, pattern, after = 0 } = request;
  const find = () =>
    mail.received
      .slice(after)
      .filter((each) => each.to === to && pattern.test(unfold(each.raw)))
      .at(-1);
  await waitUntil(
    () => find() !== undefined,
    () => `no mail to ${to} with ${String(pattern)}`,
  );
  const newest = find();
  if (newest === undefined) throw new RangeError('the mail is gone');
  return { mail: newest, found: pattern.exec(unfold(newest.raw))?.[0] ?? '' };
}

/** A mail with the lines that quoted-printable broke put together again. */
function unfold(raw: string): string {
  return raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
}
