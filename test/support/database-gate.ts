import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the database that can be shut. */
export interface DatabaseGate {
  /** postgres:// address through the gate. */
  readonly url: string;
  /** Cuts every connection and lets none in. */
  readonly shut: () => void;
  /** Lets connections in again. */
  readonly open: () => void;
  /** Keeps connections open and lets nothing through, as a database that hangs. */
  readonly stall: () => void;
  readonly close: () => Promise<void>;
}

/**
 * Starts a gate in front of a database.
 * @param databaseUrl postgres:// address
 */
export async function startDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  let isShut = false;
  let isStalled = false;
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
      socket.on('data', (bytes: Buffer) => {
        const pass = () => other.write(bytes);
        if (isStalled) waiting.push(pass);
        else pass();
      });
      socket.on('end', () => other.end());
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
      isStalled = false;
      for (const pass of waiting.splice(0)) pass();
    },
    stall: () => {
      isStalled = true;
    },
    close: async () => {
      shut();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}
