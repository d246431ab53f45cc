import { fixedAssetsSentence } from './fixed-assets.ts';
import { presets, shockFactor, type KnownAsset } from './assets.ts';

const asset = (symbol: string, priceUsd: number, base?: string): KnownAsset => ({
  ...{ asset: `0x${symbol}`, symbol, priceUsd },
  derivedFrom: base === undefined ? null : { asset: `0x${base}`, symbol: base },
});
const KNOWN = [
  asset('WETH', 3_000),
  asset('ETH', 3_000, 'WETH'),
  asset('stETH', 3_600, 'ETH'),
  asset('WBTC', 60_000),
  asset('vBTC', 60_010, 'WBTC'),
  asset('USDC', 1),
  asset('aUSDC', 1, 'USDC'),
];

describe('ready-made scenarios', () => {
  test('name no derived asset, which would move twice', () => {
    const found = presets(KNOWN);
    expect(found.map(({ name, shocks }) => [name, shocks.map((shock) => shock.asset)])).toEqual([
      ['Broad downturn −20 %', ['WETH', 'WBTC']],
      ['Broad downturn −40 %', ['WETH', 'WBTC']],
      ['USDC −10 %', ['USDC']],
      ['Rally +30 %', ['WETH', 'WBTC']],
    ]);
    for (const { shocks } of found.slice(0, 1))
      for (const known of KNOWN.slice(0, 5)) expect(shockFactor(known, shocks, KNOWN)).toBeCloseTo(0.8, 12);
  });

  test('several stablecoins are not called by one of them', () => {
    const [, , third] = presets([...KNOWN, asset('DAI', 1.01)]);
    expect([third?.name, third?.shocks.length]).toEqual(['Stablecoins −10 %', 2]);
  });
});

describe('the price after the shocks', () => {
  const factorOf = (symbol: string, shocks: { asset: string; ratio: number }[]) =>
    shockFactor(
      KNOWN.find((known) => known.symbol === symbol)!,
      shocks,
      KNOWN,
    );

  test('a derived asset moves with its base, its own shock on top', () => {
    const shocks = [
      { asset: 'WETH', ratio: -0.2 },
      { asset: '0xstETH', ratio: -0.1 },
    ];
    expect(factorOf('WETH', shocks)).toBeCloseTo(0.8, 12);
    expect(factorOf('ETH', shocks)).toBeCloseTo(0.8, 12);
    expect(factorOf('stETH', shocks)).toBeCloseTo(0.72, 12);
    expect(factorOf('WBTC', shocks)).toBe(1);
  });

  test('a shock to what is derived does not move its base', () => {
    expect(factorOf('WETH', [{ asset: 'stETH', ratio: -0.5 }])).toBe(1);
  });

  test('assets derived from each other in a circle end', () => {
    const [a, b] = [asset('A', 1, 'B'), asset('B', 1, 'A')];
    expect(shockFactor(a, [{ asset: 'B', ratio: -0.5 }], [a, b])).toBe(0.5);
  });
});

test('what no shock moves is named with its venues and the price they take', () => {
  const cell = (symbol: string, collateralUsd: number) => ({
    ...{ asset: `0x${symbol}`, collateralUsd, debtUsd: 0, netUsd: collateralUsd },
  });
  const of = (symbol: string, isFixed: boolean) => ({
    ...{ ...cell(symbol, 5), symbol, priceUsd: 1, isFixed, derivedFrom: null },
  });
  const venues = [
    { venue: 'musd@devnet', cells: [cell('WETH', 5), cell('MUSD', 5), cell('vUSD', 0)] },
    { venue: 'perp-v2@devnet', cells: [cell('WETH', 0), cell('MUSD', 0), cell('vUSD', 5)] },
  ];
  expect(
    fixedAssetsSentence({ assets: [of('WETH', false), of('MUSD', true), of('vUSD', true)], venues }),
  ).toBe(
    'No shock moves what a venue takes at a price of its own, whatever markets say: MUSD ($1.00 at MUSD), vUSD ($1.00 at Perp v2).',
  );
  expect(fixedAssetsSentence({ assets: [of('WETH', false)], venues: [] })).toBeUndefined();
});
