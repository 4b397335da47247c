import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { defaultLanguage } from '../domain/languages';
import { errorStatuses, type ErrorCode } from '../errors';
import { translate } from '../texts/translate';
import { readErrorCode } from './start-fault';

/** What Node's reader of requests reports. */
const faults: Readonly<Record<string, ErrorCode & keyof typeof words>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
};

const words = {
  headers_too_large: 'error.headers_too_large',
  body_too_large: 'error.body_too_large',
  request_timeout: 'error.request_timeout',
  bad_request: 'error.bad_request',
} as const;

function writeRefusal(socket: Duplex, code: keyof typeof words): void {
  const status = errorStatuses[code];
  const body = `${translate(defaultLanguage, words[code])}.\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: text/plain; charset=utf-8',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => {
    socket.destroy();
  });
}

/**
 * Answers what is no HTTP request, or never becomes a whole one, in one sentence.
 * @param server the HTTP server
 * @param running answers under way: where the head of one has left, nothing more can be said on its connection
 */
export function refuseMalformed(server: Server, running: ReadonlySet<ServerResponse>): void {
  server.on('clientError', (error, socket) => {
    const isAnswering = [...running].some((response) => response.socket === socket && response.headersSent);
    if (readErrorCode(error) === 'ECONNRESET' || !socket.writable || isAnswering) socket.destroy();
    else writeRefusal(socket, faults[readErrorCode(error)] ?? 'bad_request');
  });
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    writeRefusal(socket, 'bad_request');
  });
}
