/**
 * Makes tests that belong together in their order: once one has failed, those after it fail at once.
 * @returns function that makes a test
 */
export function createSteps(): (name: string, work: () => Promise<void>) => void {
  let failed: string | undefined;
  return (name, work) => {
    test(name, async () => {
      if (failed !== undefined && failed !== name) throw new Error(`not tried, for this failed: ${failed}`);
      failed = name;
      await work();
      failed = undefined;
    });
  };
}
