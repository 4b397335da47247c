import { createNaturalBatch } from '../../../src/db/natural-batch';

interface Batch {
  readonly items: readonly string[];
  readonly finish: () => void;
  readonly fail: (error: unknown) => void;
}

/** A database that answers when it is told to. */
function createSlowDatabase(options: { size: number; workers: number; keyOf?: (item: string) => string }) {
  const batches: Batch[] = [];
  const run = createNaturalBatch<string, string>({
    ...options,
    handle: (items) =>
      new Promise((resolve, reject) => {
        batches.push({
          items,
          finish: () => {
            resolve((item) => `done ${item}`);
          },
          fail: reject,
        });
      }),
  });
  return { run, batches };
}

const endOfTurn = () => new Promise((resolve) => setImmediate(resolve));
const isDataFault = (code: string) => Object.assign(new Error(code), { code });

async function finish(batch: Batch | undefined): Promise<void> {
  batch?.finish();
  await endOfTurn();
  await endOfTurn();
}

describe('a natural batch', () => {
  it('takes what comes in the same turn together, without waiting for more', async () => {
    const { run, batches } = createSlowDatabase({ size: 10, workers: 1 });
    const results = Promise.all([run('a'), run('b')]);
    await endOfTurn();
    expect(batches.map(({ items }) => items)).toEqual([['a', 'b']]);
    await finish(batches[0]);
    expect(await results).toEqual(['done a', 'done b']);
  });

  it('collects what comes while its worker is busy, and begins it as soon as the worker is idle', async () => {
    const { run, batches } = createSlowDatabase({ size: 10, workers: 1 });
    const first = run('a');
    await endOfTurn();
    const rest = [run('b'), run('c')];
    await endOfTurn();
    expect(batches).toHaveLength(1);
    await finish(batches[0]);
    expect(batches.map(({ items }) => items)).toEqual([['a'], ['b', 'c']]);
    await finish(batches[1]);
    expect(await Promise.all([first, ...rest])).toEqual(['done a', 'done b', 'done c']);
  });

  it('lets a second worker begin while the first is busy', async () => {
    const { run, batches } = createSlowDatabase({ size: 10, workers: 2 });
    const first = run('a');
    await endOfTurn();
    const second = run('b');
    await endOfTurn();
    expect(batches).toHaveLength(2);
    await finish(batches[1]);
    expect(await second).toBe('done b');
    await finish(batches[0]);
    expect(await first).toBe('done a');
  });

  it('keeps to its size, in the order of coming', async () => {
    const { run, batches } = createSlowDatabase({ size: 2, workers: 1 });
    const results = Promise.all(['a', 'b', 'c', 'd', 'e'].map(run));
    await endOfTurn();
    for (let batch = 0; batch < 3; batch += 1) await finish(batches[batch]);
    expect(batches.map(({ items }) => items)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(await results).toHaveLength(5);
  });

  it('never puts two of the same key into one batch, and does not hold others up for it', async () => {
    const { run, batches } = createSlowDatabase({ size: 10, workers: 1, keyOf: (item) => item.slice(0, 1) });
    const results = Promise.all(['a1', 'a2', 'b1'].map(run));
    await endOfTurn();
    await finish(batches[0]);
    await finish(batches[1]);
    expect(batches.map(({ items }) => items)).toEqual([['a1', 'b1'], ['a2']]);
    expect(await results).toEqual(['done a1', 'done a2', 'done b1']);
  });

  it('handles each item alone when one breaks a rule of the database: only that one fails', async () => {
    const run = createNaturalBatch<string, string>({
      size: 10,
      workers: 1,
      handle: async (items) => {
        await endOfTurn();
        if (items.includes('bad')) throw isDataFault('23505');
        return (item) => `done ${item}`;
      },
    });
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map(run));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await run('c')).toBe('done c');
  });

  it('does not try again when the database itself is gone: the outcome may be unknown', async () => {
    const { run, batches } = createSlowDatabase({ size: 10, workers: 1 });
    const outcomes = Promise.allSettled([run('a'), run('b')]);
    await endOfTurn();
    batches[0]?.fail(isDataFault('57P01'));
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(batches).toHaveLength(1);
    const next = run('c');
    await endOfTurn();
    await finish(batches[1]);
    expect(await next).toBe('done c');
  });
});
