import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the database that can be shut. */
export interface DatabaseGate {
  /** postgres:// address through the gate. */
  readonly url: string;
  /** Cuts every connection and lets none in. */
  readonly shut: () => void;
  /** Lets connections in again. */
  readonly open: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Starts a gate in front of a database.
 * @param databaseUrl postgres:// address
 */
export async function startDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isShut = false;
  const gate = createServer((incoming) => {
    if (isShut) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((gate.address() as AddressInfo).port);
  const shut = (): void => {
    isShut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.toString(),
    shut,
    open: () => {
      isShut = false;
    },
    close: async () => {
      shut();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}
