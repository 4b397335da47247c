import { connect } from 'node:net';

const patienceMilliseconds = 60_000;
/** A request that never becomes whole is given up by its sender. */
const giveUpMilliseconds = 300;
const waitMilliseconds = 5_000;

/** What came back until the connection ended. */
export interface FuzzReply {
  readonly text: string;
  readonly isTimedOut: boolean;
}

/**
 * Sends bytes on a connection of their own and reads until it ends.
 * @param port TCP port on this machine
 * @param request the bytes, and whether they are the whole request
 */
export function exchangeBytes(
  port: number,
  { bytes, isUnfinished }: { readonly bytes: Buffer; readonly isUnfinished: boolean },
): Promise<FuzzReply> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (isTimedOut: boolean): void => {
      clearTimeout(patience);
      clearTimeout(giveUp);
      socket.destroy();
      resolve({ text: Buffer.concat(chunks).toString('latin1'), isTimedOut });
    };
    const patience = setTimeout(finish, patienceMilliseconds, true);
    // What the parser takes for unfinished, or for one of several requests, would be waited for.
    const giveUp = setTimeout(() => socket.end(), isUnfinished ? giveUpMilliseconds : waitMilliseconds);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      finish(false);
    });
    socket.write(bytes);
  });
}
