import { rmSync } from 'node:fs';

const steps: (() => Promise<void>)[] = [];

/**
 * Remembers what the end of the test run must undo.
 * @param step undoes it
 * @param folder absolute path of a temporary folder to remove afterwards
 */
export function onTeardown(step: () => Promise<void>, folder?: string): void {
  steps.push(async () => {
    await step();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });
}

/** Stops what the global setup started. */
export default async function tearDown(): Promise<void> {
  for (const step of steps.splice(0).reverse()) await step();
}
