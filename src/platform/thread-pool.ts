import type { Worker } from 'node:worker_threads';
import { createThread } from './create-thread';

/** Threads that run the same program and share tasks. */
export interface ThreadPool {
  /**
   * Gives a task to the first thread that has nothing to do.
   * @param task anything that can be cloned; the program gets it as a message
   * @returns the message that the program answers with
   * @throws what the program threw
   */
  readonly run: (task: unknown) => Promise<unknown>;
  /** Ends the threads where they are. */
  readonly close: () => Promise<void>;
}

interface Waiting {
  readonly task: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (fault: Error) => void;
}

/**
 * Starts threads that wait for tasks. A thread that fails fails all that is still to be done.
 * @param request the program, what each finds in `workerData.input`, and how many there are
 */
export function startThreadPool(request: {
  readonly program: string;
  readonly input: unknown;
  readonly size: number;
}): ThreadPool {
  const waiting: Waiting[] = [];
  const underWay = new Map<Worker, Waiting>();
  const idle: Worker[] = [];
  let fault: Error | null = null;
  const fail = (reason: Error): void => {
    fault = reason;
    for (const one of [...underWay.values(), ...waiting.splice(0)]) one.reject(reason);
    underWay.clear();
  };
  const handOut = (): void => {
    while (idle.length > 0 && waiting.length > 0) {
      const [worker, next] = [idle.pop(), waiting.shift()];
      if (worker === undefined || next === undefined) return;
      underWay.set(worker, next);
      worker.postMessage(next.task);
    }
  };
  const workers = Array.from({ length: request.size }, () => createThread(request.program, request.input));
  for (const worker of workers) {
    worker.on('message', (answer: unknown) => {
      underWay.get(worker)?.resolve(answer);
      underWay.delete(worker);
      idle.push(worker);
      handOut();
    });
    worker.on('error', (thrown: unknown) => {
      fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
    idle.push(worker);
  }
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        if (fault !== null) {
          reject(fault);
          return;
        }
        waiting.push({ task, resolve, reject });
        handOut();
      }),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
