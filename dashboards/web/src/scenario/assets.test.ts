import { fixedAssetsSentence } from './fixed-assets.ts';
import { shockFactor, type KnownRow } from './assets.ts';

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

describe('the price after the moves', () => {
  const factorOf = (name: string, moves: { what: string; move: number }[]) =>
    shockFactor(
      KNOWN.find((known) => known.name === name)!,
      moves,
      KNOWN,
    );

  test('what is tied moves along, through all it hangs on', () => {
    const fall = [{ what: 'ETH', move: -0.2 }];
    expect(['ETH', 'stETH', 'wstETH', 'BTC'].map((name) => factorOf(name, fall))).toEqual([0.8, 0.8, 0.8, 1]);
  });

  test('a move is all told: naming both is not moving twice', () => {
    const moves = [
      { what: 'ETH', move: -0.2 },
      { what: 'stETH', move: -0.3 },
    ];
    expect(['ETH', 'stETH', 'wstETH'].map((name) => factorOf(name, moves))).toEqual([0.8, 0.7, 0.7]);
  });

  test('assets that hang on each other in a circle end', () => {
    const [a, b] = [asset('A', 1, 'B'), asset('B', 1, 'A')];
    expect(shockFactor(a, [], [a, b])).toBe(1);
    expect(shockFactor(a, [{ what: 'B', move: -0.5 }], [a, b])).toBe(0.5);
  });
});

test('what no oracle follows is named with its venues and the price they take', () => {
  const cell = (symbol: string, collateralUsd: number) => ({
    ...{ asset: { address: `0x${symbol}`, symbol }, collateralUsd, debtUsd: 0, netUsd: collateralUsd },
  });
  const of = (symbol: string, isFixed: boolean) => ({
    ...{ ...cell(symbol, 5), priceUsd: 1, isFixed, reference: 'USD', tie: 'pegged' as const, tiedTo: null },
  });
  const venues = [
    { venue: 'musd@devnet', cells: [cell('WETH', 5), cell('MUSD', 5), cell('vUSD', 0)] },
    { venue: 'perp-v2@devnet', cells: [cell('WETH', 0), cell('MUSD', 0), cell('vUSD', 5)] },
  ];
  expect(
    fixedAssetsSentence({ assets: [of('WETH', false), of('MUSD', true), of('vUSD', true)], venues }),
  ).toBe(
    'Venues take these at a price of their own, whatever markets say, so that a fall of them makes nobody due: MUSD ($1.00 at MUSD), vUSD ($1.00 at Perp v2).',
  );
  expect(fixedAssetsSentence({ assets: [of('WETH', false)], venues: [] })).toBeUndefined();
});
