import { indexedDebtDown, type MarketId, type VenueId } from '@undertow/market';
import { compareText } from '../compare-text.ts';
import {
  accountGap,
  type DraftAccount,
  type DraftBy,
  type DraftGap,
  type DraftLeg,
  type DraftVenue,
} from '../draft.ts';
import type { Ledger, LedgerAccount } from '../ledger.ts';
import type { UsdPrices } from '../usd-prices.ts';
import {
  moneyMarketHoldings,
  moneyMarketVenue,
  underlyingDown,
  type MoneyMarket,
  type MoneyMarketHolding,
  type MoneyMarketVenue,
} from './account.ts';

const WAD = 10n ** 18n;

/**
 * What a venue of markets that owners enter gives to the book: one account per owner with debt. Interest is as the
 * contracts last added it, because that is what they decide by. Supply that was not entered is a leg without a threshold:
 * it backs nothing, and may be seized.
 */
export function draftMoneyMarket(ledger: Ledger, id: VenueId, { prices }: DraftBy): DraftVenue {
  const accounts = [...(ledger.venues.get(id)?.accounts ?? [])]
    .filter(([, { positions }]) => positions.size > 0)
    .sort(([a], [b]) => compareText(a, b));
  const venue = moneyMarketVenue(ledger, id);
  if ('reason' in venue) {
    const gap = { source: id, reason: venue.reason, count: accounts.length, debtUsd: undefined };
    return { accounts: [], gaps: accounts.length > 0 ? [gap] : [], knownDebtUsd: 0 };
  }
  const drafts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  const seen = new Map<MarketId, bigint>();
  for (const [owner, account] of accounts) {
    const reading = moneyMarketHoldings(venue, account);
    if ('reason' in reading) {
      gaps.push(accountGap(id, reading.reason, knownDebtUsd(venue, account, prices)));
      continue;
    }
    for (const { market, debt } of reading.holdings) seen.set(market.id, (seen.get(market.id) ?? 0n) + debt);
    // What rounds to nothing is no debt.
    if (!reading.holdings.some(({ debt }) => debt !== 0n)) continue;
    drafts.push({ venue: id, owner, market: '', ...legsOf(venue, reading.holdings, prices) });
  }
  return {
    accounts: drafts,
    gaps: gaps.length > 0 ? gaps : unreadGaps(venue, seen, prices),
    knownDebtUsd: sum(marketsOf(venue).map((market) => usdOf(market, market.growth.borrows, prices) ?? 0)),
    marketState: new Map(
      marketsOf(venue).map((market) => {
        const { exchangeRateWad, answerScale } = market;
        return [market.id, [exchangeRateWad, answerScale, venue.terms.closeFactorWad]];
      }),
    ),
    labels: new Map(
      marketsOf(venue).map(({ id: market, terms }) => {
        const symbol = ledger.reference.assets.get(terms.asset)?.symbol ?? terms.asset.slice(0, 10);
        return [market, symbol];
      }),
    ),
  };
}

/** Legs by market, supply before debt; the state has the tokens of each supply, 0 for a debt. */
function legsOf(
  venue: MoneyMarketVenue,
  holdings: readonly MoneyMarketHolding[],
  prices: UsdPrices,
): { readonly legs: DraftLeg[]; readonly state: bigint[] } {
  const legs: DraftLeg[] = [];
  const state: bigint[] = [];
  for (const holding of holdings.toSorted((a, b) => compareText(a.market.id, b.market.id))) {
    const { market, tokens, debt, isEntered } = holding;
    const price = prices.byFeed(market.feed);
    // Only supply that counts for nothing may lack a price.
    if (!price) continue;
    const { asset, collateralFactorWad, isSeizable } = market.terms;
    const shared = { market: market.id, asset, price, liquidationProtocolFee: 0 };
    if (tokens > 0n) {
      const threshold = isEntered ? collateralFactorWad : 0n;
      legs.push({
        ...{ ...shared, side: 1, amount: underlyingDown(holding), threshold },
        liquidationThreshold: Number(threshold) / 1e18,
        liquidationBonus: isSeizable ? Number(venue.terms.incentiveWad - WAD) / 1e18 : 0,
      });
      state.push(tokens);
    }
    if (debt > 0n) {
      const none = { threshold: 0n, liquidationThreshold: 0, liquidationBonus: 0 };
      legs.push({ ...shared, side: -1, amount: debt, ...none });
      state.push(0n);
    }
  }
  return { legs, state };
}

/** What rounding alone may leave between a market's total and the sum of its debts. */
const ROUNDING = { parts: 1_000_000n, units: 1_000n };

/** Debt that a market's total says and no account known has. */
function unreadGaps(
  venue: MoneyMarketVenue,
  seen: ReadonlyMap<MarketId, bigint>,
  prices: UsdPrices,
): DraftGap[] {
  return marketsOf(venue).flatMap((market): DraftGap[] => {
    const { borrows } = market.growth;
    const missing = borrows - (seen.get(market.id) ?? 0n);
    if (missing <= borrows / ROUNDING.parts + ROUNDING.units) return [];
    const reason = 'accounts that were not read';
    return [
      { source: `${venue.id} ${market.id}`, reason, count: 1, debtUsd: usdOf(market, missing, prices) },
    ];
  });
}

/** Debt of an account that cannot be valued, USD; undefined when part of it has no price. */
function knownDebtUsd(
  { markets }: MoneyMarketVenue,
  { positions }: Pick<LedgerAccount, 'positions'>,
  prices: UsdPrices,
): number | undefined {
  let debtUsd = 0;
  for (const { market: id, position } of positions.values()) {
    const market = markets.get(id);
    if (!market || 'reason' in market || position.form !== 'indexed-debt' || position.indexWad <= 0n)
      return undefined;
    const usd = usdOf(market, indexedDebtDown(position, market.growth.borrowIndexWad), prices);
    if (usd === undefined) return undefined;
    debtUsd += usd;
  }
  return debtUsd;
}

function usdOf({ terms, feed }: MoneyMarket, amount: bigint, prices: UsdPrices): number | undefined {
  const price = prices.byFeed(feed);
  return price && (Number(amount) / 10 ** terms.decimals) * price.usd;
}

function marketsOf({ markets }: MoneyMarketVenue): MoneyMarket[] {
  const known = [...markets.values()].flatMap((market) => ('reason' in market ? [] : [market]));
  return known.sort((a, b) => compareText(a.id, b.id));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
