import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { Server as TcpServer } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { refuseMalformed } from './refuse-malformed';
import { createStartFault, readErrorCode } from './start-fault';

/** Requests that run when the server is told to stop may take this long to end. */
const drainMilliseconds = 10_000;
/** A proxy may just be sending on a connection that it keeps open: such requests are still answered. */
const lingerMilliseconds = 2_000;
/** More than any page of ours needs; what trickles in slower is held open to keep others out. */
const headersMilliseconds = 20_000;
const requestMilliseconds = 60_000;
/** Longer than proxies keep an unused connection, so that they and not we end it. */
const keepAliveMilliseconds = 75_000;
/** Nothing is sent or read for this long: nobody is there any more. */
const silenceMilliseconds = 300_000;
const largestHeaderBytes = 16 * 1024;
const mostHeaders = 100;
/** Each costs some 20 KiB; those who come while so many are open are turned away. */
const mostConnections = 4_000;

/** An HTTP server that holds its port. */
export interface Listening {
  readonly port: number;
  /** Hands requests to the application; until then they are told to come back. */
  readonly serve: (application: RequestListener) => void;
  /**
   * Takes no new connections and waits for running requests, at most ten seconds. Open connections may send one more
   * request within two seconds; every answer tells that its connection ends.
   */
  readonly close: () => Promise<void>;
}

function describeListenFault(host: string, port: number, error: unknown): string {
  switch (readErrorCode(error)) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken; stop the program that uses it or set PORT to another number.`;
    case 'EACCES':
      return `Port ${port} needs rights that this account lacks; set PORT to a number above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", which is not an address of this machine; try 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Port ${port} on ${host} cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const tellToComeBack: RequestListener = (_request, response) => {
  response.writeHead(503, {
    'Retry-After': '2',
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end('Starter. Prøv igjen om litt.\n');
};

function endConnectionAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

/** What the server knows of its end. */
interface Course {
  readonly running: Set<ServerResponse>;
  stage: 'serving' | 'lingering' | 'ending';
}

async function drain(server: Server, course: Course): Promise<void> {
  course.stage = 'lingering';
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  for (const response of course.running) endConnectionAfter(response);
  // Connections that wait to be accepted are accepted first: the system would reset them.
  await nextTurn();
  // The HTTP server's own close would cut unused connections at once.
  TcpServer.prototype.close.call(server);
  const ending = new AbortController();
  const pause = (milliseconds: number) =>
    sleep(milliseconds, undefined, { signal: ending.signal }).catch(() => undefined);
  void pause(lingerMilliseconds).then(async () => {
    // After a busy moment requests have arrived that were not read yet: their connections are not unused.
    await nextTurn();
    course.stage = 'ending';
    server.closeIdleConnections();
  });
  await Promise.race([closed, pause(drainMilliseconds)]);
  ending.abort();
  server.closeAllConnections();
}

/**
 * Takes a port before anything slow is done, so that a taken port is told at once.
 * @param host address to listen on
 * @param port TCP port; 0 lets the system choose
 * @returns the listening server with its real port
 * @throws a start fault of one line when the port or address cannot be had
 */
export async function listen(host: string, port: number): Promise<Listening> {
  let application = tellToComeBack;
  const course: Course = { running: new Set(), stage: 'serving' };
  const limits = {
    headersTimeout: headersMilliseconds,
    requestTimeout: requestMilliseconds,
    keepAliveTimeout: keepAliveMilliseconds,
    maxHeaderSize: largestHeaderBytes,
  };
  const server = createServer(limits, (request, response) => {
    course.running.add(response);
    if (course.stage !== 'serving') endConnectionAfter(response);
    response.once('close', () => {
      course.running.delete(response);
      // The head of this answer may have been sent before the end began.
      if (course.stage === 'ending') {
        setImmediate(() => {
          server.closeIdleConnections();
        });
      }
    });
    application(request, response);
  });
  server.maxHeadersCount = mostHeaders;
  server.maxConnections = mostConnections;
  server.timeout = silenceMilliseconds;
  refuseMalformed(server, course.running);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(createStartFault(describeListenFault(host, port, error), error));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    serve: (listener) => {
      application = listener;
    },
    close: () => drain(server, course),
  };
}
