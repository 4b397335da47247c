import { createServer, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStartFault, readErrorCode } from './start-fault';

const drainMilliseconds = 10_000;

/** An HTTP server that holds its port. */
export interface Listening {
  readonly port: number;
  /** Hands requests to the application; until then they are told to come back. */
  readonly serve: (application: RequestListener) => void;
  /** Takes no new connections and waits for running requests, at most ten seconds. */
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

/**
 * Takes a port before anything slow is done, so that a taken port is told at once.
 * @param host address to listen on
 * @param port TCP port; 0 lets the system choose
 * @returns the listening server with its real port
 * @throws a start fault of one line when the port or address cannot be had
 */
export async function listen(host: string, port: number): Promise<Listening> {
  let application = tellToComeBack;
  let isClosing = false;
  const server = createServer((request, response) => {
    // A connection that a browser keeps open after its last answer must not hold up the end.
    response.once('close', () => {
      if (isClosing)
        setImmediate(() => {
          server.closeIdleConnections();
        });
    });
    application(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(createStartFault(describeListenFault(host, port, error), error));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const close = async () => {
    isClosing = true;
    const closed = new Promise<void>((resolve) =>
      server.close(() => {
        resolve();
      }),
    );
    server.closeIdleConnections();
    const patience = new AbortController();
    const impatient = sleep(drainMilliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
    await Promise.race([closed, impatient]);
    patience.abort();
    server.closeAllConnections();
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    serve: (listener) => {
      application = listener;
    },
    close,
  };
}
