import { connect, type Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: Buffer;
}

/** A kept-alive HTTP/1.1 connection with one request at a time. */
export interface Connection {
  /** @throws Error when the connection ends before the answer is complete */
  readonly exchange: (request: string) => Promise<Reply>;
  readonly close: () => void;
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

const blankLine = Buffer.from('\r\n\r\n');

/** Reads one answer off the front of what has arrived; null: not all of it is here. */
function readReply(received: Buffer): { readonly reply: Reply; readonly rest: Buffer } | null {
  const headEnd = received.indexOf(blankLine);
  if (headEnd < 0) return null;
  const head = received.toString('latin1', 0, headEnd);
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
  if (length === undefined) throw new RangeError(`an answer without a length: ${head.slice(0, 80)}`);
  const end = headEnd + blankLine.length + Number(length);
  if (received.length < end) return null;
  const reply = { status: Number(head.slice(9, 12)), head, body: received.subarray(headEnd + blankLine.length, end) };
  return { reply, rest: received.subarray(end) };
}

function openSocket(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      resolve(socket);
    });
  });
}

/**
 * Opens a connection that costs its process less than node:http would, so that the load leaves the processors to the
 * servers.
 * @param port TCP port on this machine
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = await openSocket(port);
  let received: Buffer = Buffer.alloc(0);
  let waiting: Waiting | null = null;
  let ended: Error | null = null;
  const fail = (error: Error): void => {
    ended ??= error;
    waiting?.reject(ended);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => {
    fail(new Error('the server closed the connection'));
  });
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const read = readReply(received);
    if (read === null) return;
    received = read.rest;
    waiting?.resolve(read.reply);
    waiting = null;
  });
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(ended);
          return;
        }
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => {
      socket.destroy();
    },
  };
}

/**
 * Writes a GET request without Accept-Encoding.
 * @param path path and query
 * @param headers further headers
 */
export function writeGet(path: string, headers: Readonly<Record<string, string>> = {}): string {
  return writeRequest('GET', path, headers, '');
}

/**
 * Writes a POST request with a form or another body of ASCII text.
 * @param path path
 * @param headers further headers
 * @param body the body
 */
export function writePost(path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const type = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) };
  return writeRequest('POST', path, { ...type, ...headers }, body);
}

function writeRequest(method: string, path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n${body}`;
}
