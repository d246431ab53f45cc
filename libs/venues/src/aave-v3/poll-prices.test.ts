import type { CallReader } from '@undertow/chain';
import type { Address, Hex } from '@undertow/market';
import { knownAaveV3 } from './known.ts';
import { ChangedPrices, readPrices } from './poll-prices.ts';

const { deployment } = knownAaveV3[0]!;
const weth: Address = `0x${'aa'.repeat(20)}`;
const stale: Address = `0x${'bb'.repeat(20)}`;
const at = { chainId: 1, block: 100, time: 1_700_000_000 };

function reader(answer: bigint): CallReader {
  const word: Hex = `0x${answer.toString(16).padStart(64, '0')}`;
  return {
    calls: async (calls) => calls.map(({ data }) => (data.endsWith('bb'.repeat(20)) ? undefined : word)),
  };
}

test('an asset whose price reverts has no answer', async () => {
  const prices = await readPrices(deployment, [stale, weth], reader(300_000_000_000n), at);
  expect(prices).toEqual([
    { feed: `${deployment.id}:${stale}`, answer: undefined },
    { feed: `${deployment.id}:${weth}`, answer: 300_000_000_000n },
  ]);
  expect(new ChangedPrices(deployment.id).keep(prices, at)).toMatchObject([
    { kind: 'PricePosted', feed: `${deployment.id}:${stale}`, answer: 0n, part: 0 },
    { kind: 'Quarantined', reason: `${deployment.id}:${stale} gives no answer`, part: 1 },
    { kind: 'PricePosted', feed: `${deployment.id}:${weth}`, answer: 300_000_000_000n, part: 2, block: 100 },
  ]);
});

test('what did not change is left out, until the chain goes back', async () => {
  const changed = new ChangedPrices(deployment.id);
  const prices = await readPrices(deployment, [weth, stale], reader(1n), at);
  expect(changed.keep(prices, at)).toHaveLength(3);
  expect(changed.keep(prices, { ...at, block: 101 })).toEqual([]);
  expect(changed.keep(prices, { ...at, block: 101 })).toHaveLength(3);
});

test('known markets have one id each and lower-case addresses', () => {
  const ids = knownAaveV3.map(({ deployment: { id } }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { chainId, deployment: known } of knownAaveV3) {
    expect(Number.isSafeInteger(chainId)).toBe(true);
    for (const address of [
      known.pool,
      known.poolConfigurator,
      known.oracle,
      known.dataProvider,
      known.addressesProvider,
    ]) {
      expect(address).toMatch(/^0x[0-9a-f]{40}$/);
    }
  }
});
