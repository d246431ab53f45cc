import type { Address, MarketId } from '@undertow/market';
import { accountsWithDebt } from './accounts-with-debt.ts';
import { assetDepth, type DepthBuilder } from './asset-depth.ts';
import type { Book } from './book.ts';
import { marketKey, toColumns, type Columns } from './columns.ts';
import { compareText } from './compare-text.ts';
import { coverageOf, ledgerGaps } from './coverage-of.ts';
import type { DepthCurve } from './depth.ts';
import { draftPairs } from './draft-pair.ts';
import { draftPooled } from './draft-pooled.ts';
import { accountGap, type DraftGap, type DraftPrice, type DraftVenue } from './draft.ts';
import { hashBook } from './export-book.ts';
import type { Ledger } from './ledger.ts';
import { pooledVenue } from './pooled-account.ts';
import { usdPrices, type UsdPrices } from './usd-prices.ts';

/** When, and with what markets. */
export interface ToBookOptions {
  /** Time up to which interest is accrued, unix seconds; the newest fact's by default. Not before it. */
  readonly time?: number;
  /** `{ depthCurve, aggregateDepth }` of libs/liquidity; without it nothing that is seized can be sold. */
  readonly depth?: DepthBuilder;
}

/**
 * The frozen, float form of a ledger that the engine works on: accounts with debt, e-mode and collateral switches
 * resolved per leg, interest accrued, prices in USD, depth by asset. What cannot be priced or modelled is left out
 * and counted in `coverage`.
 */
export function toBook(ledger: Ledger, options: ToBookOptions = {}): Book {
  const time = options.time ?? ledger.at?.time ?? 0;
  const prices = usdPrices(ledger);
  const drafts: DraftVenue[] = [];
  const priceScale = new Map<string, bigint>();
  for (const id of [...ledger.reference.venues.keys()].sort(compareText)) {
    const draft = draftVenue(ledger, id, { time, prices });
    drafts.push(draft);
    for (const [market, scale] of draft.priceScale) priceScale.set(marketKey(id, market), scale);
  }
  const accounts = drafts.flatMap((draft) => draft.accounts);
  const columns = toColumns({ ledger, accounts, priceScale, quotes: quotePrices(ledger, prices) });
  const depth = options.depth
    ? assetDepth(ledger, columns.assets, options.depth)
    : columns.assets.map(() => undefined);
  const assets = columns.assets.map((asset, row) => {
    const curve = depth[row];
    return {
      ...asset,
      marketPriceUsd: curve && curve.startSqrtPrice ** 2 * columns.assets[curve.quote]!.oraclePriceUsd,
    };
  });
  const gaps = [
    ...drafts.flatMap((draft) => draft.gaps),
    ...ledgerGaps(ledger, time),
    ...depthGaps(columns, depth),
  ];
  const content = {
    chainId: ledger.at?.chainId ?? 0,
    block: ledger.at?.block ?? 0,
    time,
    ...columns,
    assets,
    depth,
    coverage: coverageOf(columns, gaps, sum(drafts.map((draft) => draft.knownDebtUsd))),
  };
  return { ...content, hash: hashBook(content) };
}

function draftVenue(
  ledger: Ledger,
  id: string,
  by: { readonly time: number; readonly prices: UsdPrices },
): DraftVenue {
  const venue = ledger.reference.venues.get(id)!;
  if (venue.mechanism === 'isolated-pair') return draftPairs(ledger, id, by);
  const pooled = pooledVenue(ledger, id, by.time);
  if (pooled) return draftPooled(ledger, pooled, by.prices);
  const gaps = accountsWithDebt(ledger)
    .filter((name) => name.venue === id)
    .map(() => accountGap(id, `release ${venue.version} of ${venue.protocol} has no maths here`, undefined));
  return { accounts: [], gaps, priceScale: new Map<MarketId, bigint>(), knownDebtUsd: 0 };
}

/** USD prices of the tokens that pools hold: what is seized may be sold through them though nobody holds them. */
function quotePrices(ledger: Ledger, prices: UsdPrices): ReadonlyMap<Address, DraftPrice> {
  const quotes = new Map<Address, DraftPrice>();
  for (const { token0, token1 } of ledger.reference.pools.values()) {
    for (const token of [token0, token1]) {
      const price = prices.byAsset(token);
      if (price && ledger.reference.assets.has(token)) quotes.set(token, price);
    }
  }
  return quotes;
}

/** Collateral without a market of its own, unless it is what others are quoted in. */
function depthGaps({ assets, legs }: Columns, depth: readonly (DepthCurve | undefined)[]): DraftGap[] {
  const quotes = new Set(depth.map((curve) => curve?.quote));
  const holders = new Map<number, number>();
  for (let leg = 0; leg < legs.count; leg++) {
    const asset = legs.asset[leg]!;
    const isStuck = !depth[asset] && ![...quotes].some((quote) => quote === asset);
    if (isStuck && legs.liquidationThreshold[leg]! > 0) holders.set(asset, (holders.get(asset) ?? 0) + 1);
  }
  const reason = 'no pool with a price: what is seized of it cannot be sold';
  return [...holders].map(([asset, count]) => ({
    source: assets[asset]!.symbol,
    reason,
    count,
    debtUsd: undefined,
  }));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
