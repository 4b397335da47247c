import type { Mail } from './mail';

/** What is wrong with the mail server itself, whoever the mail was for. */
export type ServerFault = 'login' | 'tls' | 'sender' | 'protocol' | 'unreachable';

/** What became of one mail. `code` is the server's three-digit answer, when it gave one. */
export type Delivery =
  | { readonly kind: 'accepted'; readonly code: number }
  /** Not now; the same mail may be taken later. */
  | { readonly kind: 'deferred'; readonly code: number | null }
  /** Never; `isAddressDead`: because nobody receives mail there, rather than for what the mail is. */
  | { readonly kind: 'refused'; readonly code: number | null; readonly isAddressDead: boolean }
  /** Nothing is known about the addressee. */
  | { readonly kind: 'server'; readonly fault: ServerFault };

/** The part of a mail server's client that sends and asks whether the server is well. */
export interface Transport {
  readonly sendMail: (mail: Mail) => Promise<{ readonly response: string }>;
  readonly verify: () => Promise<unknown>;
}

const serviceClosing = 421;
/** What Node calls a certificate that it does not trust, and a handshake that fails. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO|^ERR_(?:TLS|SSL)/;

function property(fault: unknown, name: string): unknown {
  return typeof fault === 'object' && fault !== null ? Reflect.get(fault, name) : undefined;
}

/** Tells whether a refusal is about who sends or what is sent (RFC 3463: security or policy) and not about the address. */
function isPolicy(fault: unknown): boolean {
  return /^\d{3}[ -]5\.7\.\d+/.test(String(property(fault, 'response')));
}

/** Faults that tell by themselves whose they are; null: the connection was lost, for whatever reason. */
function readAnswer(fault: unknown): Delivery | null {
  const code = property(fault, 'responseCode');
  const command = property(fault, 'command');
  if (typeof code !== 'number' || code === serviceClosing) return null;
  if (command === 'RCPT TO' || command === 'DATA') {
    if (code < 500) return { kind: 'deferred', code };
    return { kind: 'refused', code, isAddressDead: command === 'RCPT TO' && !isPolicy(fault) };
  }
  if (command === 'MAIL FROM') return code < 500 ? null : { kind: 'server', fault: 'sender' };
  return null;
}

function readServerFault(fault: unknown): ServerFault {
  const kind = property(fault, 'code');
  if (kind === 'EAUTH' || kind === 'ENOAUTH' || kind === 'EOAUTH2') return 'login';
  const isUntrusted = untrusted.test(String(property(fault, 'originalCode')));
  if (kind === 'ETLS' || kind === 'EREQUIRETLS' || isUntrusted) return 'tls';
  const code = property(fault, 'responseCode');
  return kind === 'EPROTOCOL' || (typeof code === 'number' && code >= 500) ? 'protocol' : 'unreachable';
}

/**
 * Hands one mail to a server and tells what became of it. When the connection is lost on the way, the server is asked
 * whether it is well: if it is, the mail is to be tried again later, else no mail is to blame.
 * @param transport the server's client
 * @param mail the mail
 * @returns what the server's answer means
 */
export async function deliver(transport: Transport, mail: Mail): Promise<Delivery> {
  try {
    const { response } = await transport.sendMail(mail);
    return { kind: 'accepted', code: Number(/^\d{3}/.exec(response)?.[0] ?? 250) };
  } catch (fault) {
    const answer = readAnswer(fault);
    if (answer !== null) return answer;
    if (property(fault, 'code') === 'EENVELOPE' && property(fault, 'command') === 'API') {
      return { kind: 'refused', code: null, isAddressDead: true };
    }
    return askServer(transport);
  }
}

async function askServer(transport: Transport): Promise<Delivery> {
  try {
    await transport.verify();
    return { kind: 'deferred', code: null };
  } catch (fault) {
    return { kind: 'server', fault: readServerFault(fault) };
  }
}
