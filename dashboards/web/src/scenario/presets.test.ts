import type { KnownRow } from './assets.ts';
import { presets } from './presets.ts';

const reference = (symbol: string, priceUsd: number, family: string[]): KnownRow => ({
  ...{ kind: 'reference', name: symbol, symbol, priceUsd, tiedTo: null, family },
});
const asset = (symbol: string, priceUsd: number, tiedTo: string): KnownRow => ({
  ...{ kind: 'asset', name: symbol, symbol, priceUsd, tiedTo, family: [symbol] },
});
const KNOWN = [
  reference('ETH', 3_000, ['WETH', 'stETH', 'wstETH']),
  reference('BTC', 60_000, ['WBTC']),
  asset('stETH', 3_000, 'WETH'),
  asset('wstETH', 3_600, 'stETH'),
  asset('USDC', 1, 'USD'),
];

test('ready-made scenarios name references, what is tied to them, dollars, oracles and thin markets', () => {
  const named = presets(KNOWN).map(({ name, moves }) => [name, moves.map(({ what }) => what)]);
  expect(named).toEqual([
    ['ETH −10 %', ['ETH']],
    ['ETH −20 %', ['ETH']],
    ['ETH −30 %', ['ETH']],
    ['Broad downturn −30 %', ['ETH', 'BTC']],
    ['Rally +30 %', ['ETH', 'BTC']],
    ['Tied tokens depeg −10 %', ['stETH', 'wstETH']],
    ['USDC −5 %', ['USDC']],
    ['Oracles alone: WETH −20 %', ['oracle:WETH']],
    ['Late oracles land', ['landed']],
    ['ETH −20 %, half the depth', ['ETH']],
  ]);
  expect(presets(KNOWN).at(-1)?.depth).toBe(0.5);
  expect(presets(KNOWN, 'BTC')[0]).toEqual({ name: 'BTC −10 %', moves: [{ what: 'BTC', move: -0.1 }] });
});

test('several stablecoins are not called by one of them, and what moves nothing is left out', () => {
  expect(presets([...KNOWN, asset('DAI', 1.01, 'USD')]).map(({ name }) => name)).toContain(
    'Stablecoins −5 %',
  );
  expect(presets([]).map(({ name }) => name)).toEqual([]);
  expect(presets([asset('USDC', 1, 'USD')]).map(({ name }) => name)).toEqual(['USDC −5 %']);
});
