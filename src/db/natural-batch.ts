interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

export interface NaturalBatchOptions<Item, Result> {
  /** Most items in one batch; 1 turns sharing off. */
  readonly size: number;
  /** Batches under way at the same time. */
  readonly workers: number;
  /** Items with the same key never share a batch; without it, any do. */
  readonly keyOf?: (item: Item) => string;
  /** Does a batch; what it gives finds the result of each item. */
  readonly handle: (items: readonly Item[]) => Promise<(item: Item) => Result>;
}

/** Data exceptions and broken rules, by constraint or trigger: the fault of one item, not of the database. */
const itemFault = /^(?:2[23]|P0001)/;

function isItemFault(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && itemFault.test(String(error.code));
}

/** The first items of a queue that have different keys; the others stay in it. */
function takeBatch<Item, Result>(
  queue: Waiting<Item, Result>[],
  { size, keyOf }: Pick<NaturalBatchOptions<Item, Result>, 'size' | 'keyOf'>,
): readonly Waiting<Item, Result>[] {
  const keys = new Set<unknown>();
  const taken: Waiting<Item, Result>[] = [];
  const left: Waiting<Item, Result>[] = [];
  for (const waiting of queue) {
    const key = keyOf === undefined ? waiting : keyOf(waiting.item);
    if (taken.length >= size || keys.has(key)) left.push(waiting);
    else {
      keys.add(key);
      taken.push(waiting);
    }
  }
  queue.splice(0, queue.length, ...left);
  return taken;
}

async function handleBatch<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  handle: NaturalBatchOptions<Item, Result>['handle'],
): Promise<void> {
  try {
    const findResult = await handle(batch.map(({ item }) => item));
    for (const { item, resolve } of batch) resolve(findResult(item));
  } catch (error) {
    if (batch.length > 1 && isItemFault(error)) for (const waiting of batch) await handleBatch([waiting], handle);
    else for (const { reject } of batch) reject(error);
  }
}

/** Requests that were read from their sockets in the same turn of the event loop belong together. */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Lets calls that wait for the database share a statement or a transaction. There is no timer: what has come is handled
 * at once when a worker is idle, else it waits until one is, together with what comes meanwhile. When one item breaks
 * a rule of the database, every item of its batch is handled again alone.
 * @param options size, workers, keys and the work
 * @returns function that takes one item and gives its result
 */
export function createNaturalBatch<Item, Result>(
  options: NaturalBatchOptions<Item, Result>,
): (item: Item) => Promise<Result> {
  const queue: Waiting<Item, Result>[] = [];
  let working = 0;
  const work = async (): Promise<void> => {
    await endOfTurn();
    for (let batch = takeBatch(queue, options); batch.length > 0; batch = takeBatch(queue, options)) {
      await handleBatch(batch, options.handle);
    }
    working -= 1;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (working < options.workers) {
        working += 1;
        void work();
      }
    });
}
