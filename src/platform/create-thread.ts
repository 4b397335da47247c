import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

/** In a development installation the source runs, which a new thread has to be told to translate. */
const runSource = `
  require('tsx/cjs/api').register();
  require(require('node:worker_threads').workerData.program);
`;

/**
 * Starts a program in a thread.
 * @param program absolute path of a module of ours, .ts or .js as the code that asks
 * @param input what it finds in `workerData.input`
 */
export function createThread(program: string, input: unknown): Worker {
  const options = { workerData: { program, input } };
  return extname(program) === '.ts' ? new Worker(runSource, { ...options, eval: true }) : new Worker(program, options);
}
