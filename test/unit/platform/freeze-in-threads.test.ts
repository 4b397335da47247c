import { freezeEditions, type FreezeInput } from '../../../src/domain/benchmark/freeze-editions';
import type { IndicatorGroups } from '../../../src/domain/benchmark/indicator-groups';
import { freezeInThreads, type FreezeRequest } from '../../../src/platform/freeze-in-threads';
import { createDemoNetwork } from '../../support/demo-network';

jest.setTimeout(300_000);

const demo = createDemoNetwork();
/** The gate of many questions, some of these, and questions of everybody: enough for threads to be started. */
const indicators = demo.tally.indicators.filter((_, at) => at % 2 === 0);
const input: FreezeInput = { ...demo, tally: { ...demo.tally, indicators }, publicCellSize: 10 };
const nothing: FreezeRequest['known'] = { network: new Map(), public: new Map() };

async function freeze(known: FreezeRequest['known']) {
  const told = { network: new Map<string, IndicatorGroups>(), public: new Map<string, IndicatorGroups>() };
  const frozen = await freezeInThreads({
    input,
    known,
    restrict: (network) => network,
    onSettled: (edition, indicator, groups) => Promise.resolve(void told[edition].set(indicator, groups)),
  });
  return { frozen, told };
}

test('threads decide the same as one thread, and what is known is not decided again', async () => {
  expect(indicators.length * demo.strata.length).toBeGreaterThan(2000);
  const { frozen, told } = await freeze(nothing);
  expect([...told.network.keys()].toSorted()).toEqual(indicators.map(({ indicator }) => indicator.id).toSorted());
  expect(frozen).toEqual(freezeEditions(input, (network) => network));
  const some = indicators.slice(0, 5).map(({ indicator }) => indicator.id);
  const pick = (all: ReadonlyMap<string, IndicatorGroups>) => new Map([...all].filter(([id]) => some.includes(id)));
  const again = await freeze({ network: told.network, public: pick(told.public) });
  expect(again.frozen).toEqual(frozen);
  expect(again.told.network.size).toBe(0);
  expect(again.told.public.size).toBe(indicators.length - some.length);
});

test('what a thread cannot decide is a fault', async () => {
  const strata = demo.strata.slice(1);
  await expect(
    freezeInThreads({
      input: { ...input, strata },
      known: nothing,
      restrict: (network) => network,
      onSettled: () => Promise.resolve(),
    }),
  ).rejects.toThrow(RangeError);
});
