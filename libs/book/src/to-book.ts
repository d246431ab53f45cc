import type { Address, VenueId } from '@undertow/market';
import { withAssetNames } from './asset-names.ts';
import { assetDepth } from './asset-depth.ts';
import type { Book } from './book.ts';
import { MOST_PRICE_USD } from './check/most.ts';
import { isSoundState } from './check/check-exact.ts';
import { ruleFlaw } from './check/check-rules.ts';
import { toColumns } from './columns/columns.ts';
import { marketKey } from './columns/market-rows.ts';
import { nameOf } from './columns/name-of.ts';
import { compareText } from './compare-text.ts';
import { coverageOf, ledgerGaps } from './coverage-of.ts';
import { depthGaps } from './depth-gaps.ts';
import type { DraftVenue } from './draft.ts';
import type { DraftPrice } from './draft-price.ts';
import { hashBook } from './file/canonical.ts';
import { holdingGaps } from './holdings.ts';
import type { Ledger } from './ledger.ts';
import { mechanisms } from './mechanisms.ts';
import type { TrustedFeed } from './prices/named-feed.ts';
import { usdPrices, type UsdPrices } from './prices/usd-prices.ts';
import { soundAccounts } from './sound-accounts.ts';

/** When. */
export interface ToBookOptions {
  /** Time up to which interest is accrued, unix seconds; the newest fact's by default. Not before it. */
  readonly time?: number;
}

/**
 * The frozen, float form of a ledger that the engine works on: accounts with debt, e-mode and collateral switches
 * resolved per leg, interest accrued, prices in USD, depth by asset. What cannot be priced or modelled is left out
 * and counted in `coverage`.
 */
export function toBook(unnamed: Ledger, options: ToBookOptions = {}): Book {
  const ledger = withAssetNames(unnamed);
  const time = options.time ?? ledger.at?.time ?? 0;
  const prices = usdPrices(ledger, namedFeeds(ledger));
  const drafts = new Map<VenueId, DraftVenue>();
  const marketState = new Map<string, readonly bigint[]>();
  const unsoundMarkets = new Set<string>();
  for (const id of [...ledger.reference.venues.keys()].sort(compareText)) {
    const { mechanism } = ledger.reference.venues.get(id)!;
    const draft = mechanisms[mechanism].draft(ledger, id, { time, prices });
    const hasRule = draft.rule !== undefined && ruleFlaw(mechanism, draft.rule) === undefined;
    drafts.set(id, hasRule ? draft : { ...draft, rule: undefined });
    for (const [market, state] of draft.marketState ?? []) {
      marketState.set(marketKey(id, market), state);
      if (!isSoundState(mechanism, state, time)) unsoundMarkets.add(marketKey(id, market));
    }
  }
  const { accounts, gaps: unsound } = soundAccounts(
    [...drafts.values()].flatMap((draft) => draft.accounts),
    (asset) => nameOf(ledger, asset).decimals,
    (venue, market) => drafts.get(venue)!.rule !== undefined && !unsoundMarkets.has(marketKey(venue, market)),
  );
  const columns = toColumns({
    ...{ ledger, accounts, marketState, drafts, quotes: quotePrices(ledger, prices) },
    firstFeed: (asset) => prices.byAsset(asset)?.feed,
  });
  const cleared = new Set([...drafts.values()].flatMap(({ clearedAssets = [] }) => clearedAssets));
  const depth = assetDepth(ledger, columns.assets, cleared);
  const assets = columns.assets.map((asset, row) => {
    const curve = depth[row];
    return {
      ...asset,
      marketPriceUsd: curve && curve.startSqrtPrice ** 2 * columns.assets[curve.quote]!.oraclePriceUsd,
    };
  });
  const gaps = [
    ...[...drafts.values()].flatMap((draft) => draft.gaps),
    ...unsound,
    ...ledgerGaps(ledger, time),
    ...holdingGaps(ledger),
    ...depthGaps(columns, depth),
  ];
  const content = {
    chainId: ledger.at?.chainId ?? 0,
    block: ledger.at?.block ?? 0,
    time,
    ...columns,
    assets,
    depth,
  };
  const known = new Map([...drafts].map(([id, { knownDebtUsd }]) => [id, knownDebtUsd]));
  const whole = { ...content, coverage: coverageOf(content, gaps, known) };
  return { ...whole, hash: hashBook(whole) };
}

/** The feeds that the venues' terms name, each venue's by its mechanism. */
function namedFeeds(ledger: Ledger): TrustedFeed[] {
  return [...ledger.reference.venues.values()].flatMap(({ id, mechanism }) => {
    const { feedsOf, isPermissionless } = mechanisms[mechanism];
    return [...(ledger.venues.get(id)?.markets.values() ?? [])].flatMap(({ terms }) =>
      terms ? feedsOf(ledger, terms).map((feed) => ({ ...feed, isListed: !isPermissionless })) : [],
    );
  });
}

/** USD prices of the tokens that pools hold: what is seized may be sold through them though nobody holds them. */
function quotePrices(ledger: Ledger, prices: UsdPrices): ReadonlyMap<Address, DraftPrice> {
  const quotes = new Map<Address, DraftPrice>();
  for (const { token0, token1 } of ledger.reference.pools.values()) {
    for (const token of [token0, token1]) {
      const price = prices.byAsset(token);
      if (price && price.usd <= MOST_PRICE_USD && ledger.reference.assets.has(token))
        quotes.set(token, price);
    }
  }
  return quotes;
}
