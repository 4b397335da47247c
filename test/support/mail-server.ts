import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { makeCertificate } from './certificate';

/** A mail as the server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly isEncrypted: boolean;
  readonly raw: string;
}

/** What the server does with a mail: takes it, answers with a code, or hangs up. */
export type Treatment = 'take' | 'hang up' | { readonly code: number; readonly text?: string };

export interface MailServerRequest {
  /** Answer to a recipient; taken unless given. */
  readonly onRecipient?: (address: string) => Treatment;
  /** Answer to a whole message; taken unless given. */
  readonly onMessage?: (mail: ReceivedMail) => Treatment | Promise<Treatment>;
  /** Answer to the sender; taken unless given. */
  readonly onSender?: (address: string) => Treatment;
  readonly pauseMilliseconds?: number;
  /** Certificate and key for STARTTLS; without, none is offered. */
  readonly certificate?: { readonly key: string; readonly cert: string };
  /** Encrypted from the first byte on, as with smtps: addresses. */
  readonly isImplicit?: boolean;
  /** Name and password that are asked for. */
  readonly login?: { readonly user: string; readonly pass: string };
  readonly port?: number;
}

export interface MailServer {
  readonly port: number;
  /** Every message that was taken, in order. */
  readonly received: readonly ReceivedMail[];
  readonly close: () => Promise<void>;
}

function makeFault({ code, text }: { readonly code: number; readonly text?: string }): Error {
  return Object.assign(new Error(text ?? `answered with ${code}`), { responseCode: code });
}

function settle(treatment: Treatment, hangUp: () => void, done: (fault?: Error | null) => void): void {
  if (treatment === 'take') done();
  else if (treatment === 'hang up') hangUp();
  else done(makeFault(treatment));
}

/** The socket of a session is not among what the types tell. */
function findSocket(server: SMTPServer, sessionId: string): { destroy: () => void } | undefined {
  const { connections } = server as unknown as {
    connections: Set<{ id: string; session: { id: string }; _socket: { destroy: () => void } }>;
  };
  return [...connections].find(({ session }) => session.id === sessionId)?._socket;
}

/**
 * Starts a real mail server on this machine.
 * @param request how it treats mail
 */
export async function startMailServer(request: MailServerRequest = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const { certificate, login, pauseMilliseconds = 0 } = request;
  const own = certificate ?? makeCertificate();
  const options: SMTPServerOptions = {
    ...own,
    secure: request.isImplicit === true,
    disabledCommands: [...(certificate === undefined ? ['STARTTLS'] : []), ...(login === undefined ? ['AUTH'] : [])],
    authOptional: login === undefined,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    maxClients: 100,
    onAuth: ({ username, password }, _session, done) => {
      const isKnown = username === login?.user && password === login?.pass;
      if (isKnown) done(null, { user: username });
      else done(makeFault({ code: 535 }));
    },
    onMailFrom: ({ address }, session, done) => {
      settle(request.onSender?.(address) ?? 'take', () => findSocket(server, session.id)?.destroy(), done);
    },
    onRcptTo: ({ address }, session, done) => {
      settle(request.onRecipient?.(address) ?? 'take', () => findSocket(server, session.id)?.destroy(), done);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void (async () => {
          if (pauseMilliseconds > 0) await sleep(pauseMilliseconds);
          const raw = Buffer.concat(chunks).toString('utf8');
          const { mailFrom, rcptTo } = session.envelope;
          const mail = {
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo[0]?.address ?? '',
            messageId: /^message-id: <([^>]+)>/im.exec(raw)?.[1] ?? '',
            isEncrypted: session.secure,
            raw,
          };
          const treatment = (await request.onMessage?.(mail)) ?? 'take';
          if (treatment === 'take') received.push(mail);
          settle(treatment, () => findSocket(server, session.id)?.destroy(), done);
        })();
      });
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(request.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
