import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';

const lowestPort = 20_000;
const highestPort = 32_000;

function canListenOn(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(false);
    });
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}

/**
 * Chooses a free port below the range that systems use for outgoing connections, and never Postgres' usual one.
 * @returns a port nobody listens on at the moment
 */
export async function choosePort(): Promise<number> {
  const port = lowestPort + (randomBytes(2).readUInt16BE() % (highestPort - lowestPort));
  return (await canListenOn(port)) ? port : choosePort();
}
