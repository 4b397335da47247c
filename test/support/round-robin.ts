import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address in front of several server processes, each request going to the next of them. */
export interface RoundRobin {
  readonly url: string;
  /** What could not be delivered to any process. */
  readonly failures: readonly string[];
  readonly close: () => Promise<void>;
}

interface Delivery {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly body: Buffer;
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Starts the proxy. It keeps connections to the processes open, and passes a request on to the next process only when
 * one takes no connections, as proxies do: whatever may have been received is not sent twice.
 * @param ports TCP ports of the processes
 */
export async function startRoundRobin(ports: readonly number[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo' });
  const failures: string[] = [];
  let turn = 0;
  const deliver = (delivery: Delivery, [port, ...others]: readonly number[]): void => {
    const { incoming, outgoing, body } = delivery;
    const headers = { 'x-forwarded-for': '203.0.113.1', ...incoming.headers, connection: 'keep-alive' };
    const asked = ask(
      { host: '127.0.0.1', port, agent, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, connection: 'keep-alive' });
        answer.pipe(outgoing);
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && others.length > 0) {
        deliver(delivery, others);
        return;
      }
      failures.push(`${incoming.method ?? ''} ${error.code ?? error.message}`);
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    asked.end(body);
  };
  const proxy = createServer((incoming, outgoing) => {
    void readBody(incoming).then((body) => {
      turn = (turn + 1) % ports.length;
      deliver({ incoming, outgoing, body }, [...ports.slice(turn), ...ports.slice(0, turn)]);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    failures,
    close: async () => {
      agent.destroy();
      const closed = new Promise((resolve) => proxy.close(resolve));
      proxy.closeAllConnections();
      await closed;
    },
  };
}
