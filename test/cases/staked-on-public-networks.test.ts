import { addReference, applyFacts, emptyLedger, toBook, type Book } from '@undertow/book';
import { moveNamed, simulate } from '@undertow/cascade';
import type { Said } from '@undertow/chain';
import { memberMarketId, type Address, type Fact } from '@undertow/market';
import { openOracle } from '@undertow/oracles';
import {
  contractAt,
  proxy,
  readerOf,
  type Views,
} from '../../libs/oracles/src/price-sources/fixtures/contracts.ts';
import { keyed } from '../../libs/book/src/fixtures/hand-made-facts.ts';

// A lending market as on a public network: nobody says what a staked token hangs on but its own price source.

const [WETH, STAKED, USDC, POOL] = [0xe1, 0xe2, 0xd1, 0xf1].map(contractAt) as [
  Address,
  Address,
  Address,
  Address,
];
const [ETH_FEED, USDC_FEED, RATE, CAP] = [0xa1, 0xa2, 0xa3, 0xa4].map(contractAt) as [
  Address,
  Address,
  Address,
  Address,
];
const [looper, borrower] = [0xb1, 0xb2].map(contractAt) as [Address, Address];
const WAD = 10n ** 18n;
const NOW = 1_700_000_000;
const venue = 'aave';

const reference = {
  venues: [
    {
      ...{ id: venue, chainId: 1, protocol: 'aave-v3', version: '3.6', address: contractAt(0xaa) },
      mechanism: 'pooled-lending',
    },
  ],
  assets: [
    { chainId: 1, address: WETH, symbol: 'WETH', decimals: 18 },
    { chainId: 1, address: STAKED, symbol: 'wstETH', decimals: 18 },
    { chainId: 1, address: USDC, symbol: 'USDC', decimals: 6 },
  ],
  pools: [{ address: POOL, chainId: 1, token0: WETH, token1: USDC, feePips: 500, tickSpacing: 10 }],
} as const;

/** wstETH at 1.2 stETH over ETH / USD, and USDC up to 1.04, as Aave's adapters have them; the rate may be above its cap. */
const contracts = (rate: bigint, cap = 2n * WAD): Readonly<Record<Address, Views>> => {
  const counted = rate < cap ? rate : cap;
  return {
    [ETH_FEED]: proxy('ETH / USD', 300_000_000_000n),
    [USDC_FEED]: proxy('USDC / USD', 100_000_000n),
    [RATE]: {
      ...{
        description: 'Capped wstETH / stETH(ETH) / USD',
        decimals: 8n,
        BASE_TO_USD_AGGREGATOR: BigInt(ETH_FEED),
      },
      ...{
        RATIO_DECIMALS: 18n,
        getRatio: rate,
        getSnapshotRatio: cap,
        getSnapshotTimestamp: BigInt(NOW - 1),
      },
      ...{ getMaxRatioGrowthPerSecondScaled: 0n, latestAnswer: (300_000_000_000n * counted) / WAD },
    },
    [CAP]: {
      ...{ description: 'Capped USDC / USD', decimals: 8n, ASSET_TO_USD_AGGREGATOR: BigInt(USDC_FEED) },
      ...{ getPriceCap: 104_000_000n, latestAnswer: 100_000_000n },
    },
  };
};

const reserve = (asset: Address, feed: Address, thresholdBps: bigint, reserveId: number): Said => ({
  ...{ kind: 'TermsChanged', venue, market: asset },
  patch: {
    ...{ form: 'reserve', asset, decimals: asset === USDC ? 6 : 18, reserveId, isActive: true },
    ...{
      loanToValueBps: thresholdBps - 200n,
      liquidationThresholdBps: thresholdBps,
      liquidationBonusBps: 600n,
    },
    ...{ liquidationProtocolFeeBps: 1_000n, oracle: { form: 'feed', feed } },
  },
});
const leg = (owner: Address, market: Address, side: 'collateral' | 'debt', sharesDelta: bigint): Said => ({
  ...{ kind: 'LegChanged', venue, market, owner, side, sharesDelta },
});
const said: readonly Said[] = [
  ...[reserve(WETH, ETH_FEED, 8_300n, 0), reserve(STAKED, RATE, 8_100n, 1), reserve(USDC, CAP, 7_800n, 2)],
  {
    ...{ kind: 'TermsChanged', venue, market: 'category:1' },
    patch: {
      ...{ form: 'category', label: 'ETH correlated', loanToValueBps: 9_300n },
      ...{ liquidationThresholdBps: 9_500n, liquidationBonusBps: 100n },
    },
  },
  {
    ...{ kind: 'TermsChanged', venue, market: memberMarketId(1, STAKED) },
    patch: { form: 'member', category: 1, asset: STAKED, isCollateral: true },
  },
  { kind: 'CategoryChosen', venue, owner: looper, category: 1 },
  ...[looper, borrower].flatMap((owner): Said[] => [
    leg(owner, STAKED, 'collateral', 1_000n * WAD),
    { kind: 'CollateralSwitched', venue, market: STAKED, owner, enabled: true },
  ]),
  ...[leg(looper, WETH, 'debt', 1_100n * WAD), leg(borrower, USDC, 'debt', 2_300_000n * 10n ** 6n)],
  {
    ...{ kind: 'LiquidityChanged', pool: POOL },
    change: { form: 'range', lowerTick: -230_000, upperTick: -160_000, liquidityDelta: 2n * 10n ** 18n },
  },
  {
    ...{ kind: 'LiquidityChanged', pool: POOL },
    change: {
      ...{ form: 'price', sqrtPriceX96: 4_339_505_179_874_779_489_431_521n },
      ...{ tick: -196_257, liquidity: 2n * 10n ** 18n },
    },
  },
];

async function bookOf(world: Readonly<Record<Address, Views>>): Promise<Book> {
  const facts = keyed(said as never);
  const source = openOracle({ adapter: 'price-sources', id: 'price-sources@public' });
  source.hear!(facts);
  const polled = await source.poll!(readerOf(world), { chainId: 1, block: 100, time: NOW + 2_000 });
  const ledger = emptyLedger(reference);
  addReference(ledger, polled.reference ?? {});
  applyFacts(ledger, [...facts, ...(polled.facts as readonly Fact[])]);
  return toBook(ledger);
}

test('a staked token follows ETH, through nothing but its own price source', async () => {
  const book = await bookOf(contracts((12n * WAD) / 10n));
  expect(book.coverage.share).toBe(1);
  // The feeds in memory were set long ago.
  expect(book.coverage.gaps.filter(({ kind }) => kind !== 'feed')).toEqual([]);
  const [weth, staked] = ['WETH', 'wstETH'].map((symbol) =>
    book.assets.find((asset) => asset.symbol === symbol)!,
  );
  expect(book.assets[staked!.tie.to!]).toBe(weth);
  expect(staked!.tie).toMatchObject({ kind: 'redeemable', ratio: 1.2 });
  expect([weth, staked].map((asset) => book.references[asset!.reference]!.symbol)).toEqual(['ETH', 'ETH']);

  const result = simulate(book, { moves: [moveNamed(book, 'ETH', -0.3)] });
  // 3,600 → 2,520 each: 1,000 × 2,520 × 0.81 = 2.04 M against 2.3 M. The looper's two sides fall together.
  const [first] = result.rounds;
  expect(first!.accounts).toBe(1);
  expect(
    result.byAccount.filter(({ firstRound }) => firstRound !== undefined).map(({ owner }) => owner),
  ).toEqual([borrower]);
  expect(result.liquidatedUsd).toBeGreaterThan(1_000_000);
});

test('a rate that is above its cap counts as the cap, and still follows ETH', async () => {
  const book = await bookOf(contracts((12n * WAD) / 10n, (11n * WAD) / 10n));
  const staked = book.assets.find(({ symbol }) => symbol === 'wstETH')!;
  expect(staked.oraclePriceUsd).toBeCloseTo(3_300, 9);
  expect(staked.tie).toMatchObject({ kind: 'redeemable', ratio: 1.1 });
});

test('a price source that nobody understands is a gap with its debt, and no market is guessed for it', async () => {
  const world = contracts((12n * WAD) / 10n);
  const strange: Views = { description: 'wstETH / USD', decimals: 8n, latestAnswer: 360_000_000_000n };
  const book = await bookOf({ ...world, [RATE]: strange });
  expect(book.accounts.count).toBe(0);
  const debtUsd = book.coverage.gaps.reduce((sum, gap) => sum + (gap.debtUsd ?? 0), 0);
  expect(debtUsd).toBeCloseTo(1_100 * 3_000 + 2_300_000, 3);
  expect(book.coverage.gaps.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/^the oracle wstETH \/ USD .* is not understood: .* of a kind that is not known$/),
  );
});

test('a feed that does not say what it prices follows the one asset that it prices', async () => {
  const world = contracts((12n * WAD) / 10n);
  const book = await bookOf({ ...world, [RATE]: proxy('RedStone Price Feed', 360_000_000_000n) });
  const feed = book.feeds.find(({ label }) => label === 'RedStone Price Feed')!;
  const row = book.assets.findIndex(({ symbol }) => symbol === 'wstETH');
  expect(feed).toMatchObject({ over: { kind: 'asset', row }, under: undefined, policy: { kind: 'at-once' } });
  const { byAccount } = simulate(book, { moves: [moveNamed(book, 'wstETH', -0.3)] });
  expect(byAccount.map(({ owner }) => owner)).toContain(borrower);
});

test('a feed that cannot fall further answers its least, and who it prices is not due', async () => {
  // As LUNA's feed did in May 2022: the aggregator's bound holds it at 2,900 dollars.
  const bounded = { [contractAt(0xa66)]: { minAnswer: 290_000_000_000n, maxAnswer: 10n ** 14n } };
  const book = await bookOf({ ...contracts((12n * WAD) / 10n), ...bounded });
  expect(book.feeds.find(({ label }) => label === 'ETH / USD')).toMatchObject({
    least: 2_900,
    greatest: 1_000_000,
  });
  const { rounds, byAsset } = simulate(book, { moves: [moveNamed(book, 'ETH', -0.3)] });
  expect(rounds).toEqual([]);
  const staked = byAsset.find(({ symbol }) => symbol === 'wstETH')!;
  expect(staked.oracleAfterUsd).toBeCloseTo(2_900 * 1.2, 6);
  expect(staked.marketAfterUsd).toBeCloseTo(2_520, 6);
});
