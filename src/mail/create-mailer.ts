import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from '../config';
import { deliver, type Delivery, type Transport } from './deliver';
import type { Mail } from './mail';

/** Hands messages over for delivery. */
export interface Mailer {
  readonly kind: 'smtp' | 'folder';
  /** How many may be delivered at the same time. */
  readonly connections: number;
  /**
   * Sends a message that somebody waits for, over a connection of its own. Resolves when the receiver has taken it; rejects
   * with what it answered.
   */
  readonly send: (mail: Mail) => Promise<void>;
  /** Sends one of many: at most `connections` at a time. Tells what the answer means and never rejects because of it. */
  readonly deliver: (mail: Mail) => Promise<Delivery>;
  readonly close: () => void;
}

type MailConfig = NonNullable<Config['mail']>;
type FolderConfig = MailConfig & { readonly kind: 'folder' };
type ServerConfig = MailConfig & { readonly kind: 'smtp' };

const mostConnections = 5;
const mailsPerConnection = 200;
const connectMilliseconds = 20_000;
/** RFC 5321, 4.5.3.2.6: who gives up earlier on a server that thinks about a message sends it twice. */
const silenceMilliseconds = 10 * 60_000;

function toMessage(mail: Mail, from: string) {
  const { to, subject, text, html, messageId, returnPath, replyTo, headers } = mail;
  return {
    from,
    to: to.name === null ? to.address : { name: to.name, address: to.address },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    ...(messageId === undefined ? {} : { messageId: `<${messageId}>` }),
    ...(returnPath === undefined ? {} : { envelope: { from: returnPath, to: to.address } }),
    ...(replyTo === undefined ? {} : { replyTo }),
    headers: { 'Auto-Submitted': 'auto-generated', ...headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function createFolderMailer({ folder, from }: FolderConfig): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  const send = async (mail: Mail): Promise<void> => {
    const { message, messageId } = await transport.sendMail(toMessage(mail, from));
    if (!Buffer.isBuffer(message)) throw new RangeError('the message was not collected');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `${messageId.replace(/[^a-zA-Z0-9@.-]/g, '')}.eml`);
    // Whoever lists the folder never sees half a message.
    await writeFile(`${path}.part`, message, { mode: 0o600 });
    await rename(`${path}.part`, path);
  };
  return {
    kind: 'folder',
    connections: 1,
    send,
    deliver: async (mail) => {
      await send(mail);
      return { kind: 'accepted', code: 250 };
    },
    close: () => {
      transport.close();
    },
  };
}

function createServerMailer({ url, from, isTlsRequired, certificateFile }: ServerConfig): Mailer {
  const server = {
    url,
    requireTLS: isTlsRequired && !url.startsWith('smtps:'),
    connectionTimeout: connectMilliseconds,
    greetingTimeout: connectMilliseconds,
    socketTimeout: silenceMilliseconds,
    ...(certificateFile === undefined ? {} : { tls: { ca: readFileSync(certificateFile) } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const single = createTransport(server);
  const transport = createTransport({
    ...server,
    pool: true,
    maxConnections: mostConnections,
    maxMessages: mailsPerConnection,
    // What is tried again, and when, is decided where it can be remembered.
    maxRequeues: 0,
  });
  const client: Transport = {
    sendMail: (mail) => transport.sendMail(toMessage(mail, from)),
    verify: () => transport.verify(),
  };
  return {
    kind: 'smtp',
    connections: mostConnections,
    send: async (mail) => {
      await single.sendMail(toMessage(mail, from));
    },
    deliver: (mail) => deliver(client, mail),
    close: () => {
      single.close();
      transport.close();
    },
  };
}

/**
 * Opens the way out for mail.
 * @param config mail server or folder, and the sender
 * @returns the mailer; connections are opened when they are needed
 */
export function createMailer(config: MailConfig): Mailer {
  return config.kind === 'folder' ? createFolderMailer(config) : createServerMailer(config);
}
