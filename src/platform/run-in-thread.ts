import { createThread } from './create-thread';

/** A program to be run in a thread of its own. */
export interface ThreadRequest {
  /** Absolute path of a module of ours, .ts or .js as the code that asks. */
  readonly program: string;
  /** What it finds in `workerData.input`. */
  readonly input: unknown;
  readonly onMessage: (message: unknown) => void;
  /** Ends the thread where it is. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a program in a thread, so that this one can go on answering.
 * @param request the program, its input and what is done with its messages
 * @throws what the program threw, or that it was ended
 */
export async function runInThread({ program, input, onMessage, signal }: ThreadRequest): Promise<void> {
  const worker = createThread(program, input);
  const end = () => void worker.terminate();
  signal?.addEventListener('abort', end, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', onMessage);
      worker.once('error', reject);
      worker.once('exit', (code) => {
        if (signal?.aborted === true) reject(new Error('the thread was ended'));
        else if (code === 0) resolve();
        else reject(new Error(`the thread ended with ${code}`));
      });
      if (signal?.aborted === true) end();
    });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
