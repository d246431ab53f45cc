import type { Address, Pool } from '@undertow/market';
import { assetDepth } from './asset-depth.ts';
import type { Tie } from './book.ts';
import { emptyLedger, type Ledger } from './ledger.ts';
import type { AssetRow } from './rows.ts';

const SYMBOLS = ['USDC', 'USDT', 'WETH', 'WSTETH'] as const;
const PRICES = { USDC: 1, USDT: 0.999, WETH: 3_000, WSTETH: 3_600 };
const address = (symbol: string): Address =>
  `0x${SYMBOLS.indexOf(symbol as 'USDC')
    .toString()
    .padStart(40, '0')}`;
const NO_TIE: Tie = { kind: 'none', to: undefined, ratio: 1, capacity: undefined };
const assets = SYMBOLS.map((symbol) => ({
  address: address(symbol),
  symbol,
  decimals: 18,
  oraclePriceUsd: PRICES[symbol],
  tie: NO_TIE,
}));
type Symbol = (typeof SYMBOLS)[number];

interface PairPool {
  readonly pair: readonly [Symbol, Symbol];
  readonly liquidity: bigint;
}

/** A ledger with pools at the oracle prices, each with some liquidity around. */
function ledgerOf(pools: readonly PairPool[]): Ledger {
  const rows: Pool[] = pools.map(({ pair }, i) => ({
    address: `0x${(0xf0 + i).toString(16).padStart(40, '0')}`,
    chainId: 1,
    token0: address(pair[0]),
    token1: address(pair[1]),
    feePips: 500,
    tickSpacing: 10,
  }));
  const ledger = emptyLedger({ pools: rows });
  for (const [i, { pair, liquidity }] of pools.entries()) {
    const sqrtPrice = Math.sqrt(PRICES[pair[0]] / PRICES[pair[1]]);
    const tick = Math.floor(Math.log(sqrtPrice) / Math.log(Math.sqrt(1.0001)));
    const ticks = new Map([
      [tick - 5_000, liquidity],
      [tick + 5_000, -liquidity],
    ]);
    ledger.pools.set(rows[i]!.address, {
      sqrtPriceX96: BigInt(Math.round(sqrtPrice * 2 ** 96)),
      tick,
      ticks,
    });
  }
  return ledger;
}

/** What each asset is quoted in. */
function depthOf(pools: readonly PairPool[], of: Parameters<typeof assetDepth>[1] = assets) {
  const curves = assetDepth(ledgerOf(pools), of);
  return Object.fromEntries(curves.map((curve, row) => [SYMBOLS[row], curve && SYMBOLS[curve.quote]]));
}

const unit = 10n ** 18n;

describe('assetDepth', () => {
  test('quotes an asset in what is more like cash', () => {
    const quotes = depthOf([
      { pair: ['USDC', 'WETH'], liquidity: 1_000n * unit },
      { pair: ['WSTETH', 'WETH'], liquidity: 1_000n * unit },
    ]);
    expect(quotes).toEqual({ USDC: undefined, USDT: undefined, WETH: 'USDC', WSTETH: 'WETH' });
  });

  test('takes the quote where most can be sold', () => {
    const pools = (inDollars: bigint) =>
      depthOf([
        { pair: ['USDC', 'WETH'], liquidity: unit },
        { pair: ['WSTETH', 'WETH'], liquidity: 1_000n * unit },
        { pair: ['WSTETH', 'USDC'], liquidity: inDollars },
      ]);
    // Depth in quote is L·Δ√P, so in dollars √3,600 against 3,000·√1.2 per unit of liquidity.
    expect(pools(1_000n * unit)['WSTETH']).toBe('WETH');
    expect(pools(1_000_000n * unit)['WSTETH']).toBe('USDC');
  });

  test('two dollars do not quote each other in a circle', () => {
    const quotes = depthOf([
      { pair: ['USDC', 'USDT'], liquidity: 1_000n * unit },
      { pair: ['USDC', 'WETH'], liquidity: 1_000n * unit },
    ]);
    expect(quotes).toMatchObject({ USDC: undefined, USDT: 'USDC', WETH: 'USDC' });
  });

  test('nothing is quoted in what hangs on it, however many pools that has', () => {
    const pools = [
      { pair: ['WSTETH', 'USDC'], liquidity: unit },
      { pair: ['WSTETH', 'USDT'], liquidity: unit },
      { pair: ['WSTETH', 'WETH'], liquidity: 1_000n * unit },
    ] as const;
    expect(depthOf(pools)).toMatchObject({ WETH: 'WSTETH' });
    const weth = SYMBOLS.indexOf('WETH') as AssetRow;
    const tied = assets.map((asset) =>
      asset.symbol === 'WSTETH'
        ? { ...asset, tie: { kind: 'redeemable', to: weth, ratio: 1.2, capacity: undefined } as const }
        : asset,
    );
    expect(depthOf(pools, tied)).toMatchObject({ WETH: undefined, WSTETH: 'WETH' });
  });

  test('of an asset that only its venue trades, the fee is on the quote', () => {
    const ledger = ledgerOf([
      { pair: ['USDC', 'WETH'], liquidity: unit },
      { pair: ['WSTETH', 'WETH'], liquidity: unit },
    ]);
    const curves = assetDepth(ledger, assets, new Set([address('WSTETH')]));
    expect(curves.map((curve) => curve && [SYMBOLS[curve.asset], curve.feeOnQuote])).toEqual([
      ...[undefined, undefined],
      ...[
        ['WETH', undefined],
        ['WSTETH', true],
      ],
    ]);
  });

  test('an asset without a pool has no curve', () => {
    expect(depthOf([])).toEqual({ USDC: undefined, USDT: undefined, WETH: undefined, WSTETH: undefined });
  });
});
