import type { VenueId } from '@undertow/market';
import { WAD } from '@undertow/units';
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
import type { UsdPrices } from '../prices/usd-prices.ts';
import {
  moneyMarketHoldings,
  moneyMarketVenue,
  underlyingDown,
  type MoneyMarket,
  type MoneyMarketHolding,
  type MoneyMarketVenue,
} from './account.ts';
import { knownDebts } from './known-debt.ts';
import { moneyMarketRule } from './rule.ts';

/**
 * What a venue of markets that owners enter gives to the book: one account per owner with debt. Interest is as the
 * contracts last added it, because that is what they decide by. Supply that was not entered is a leg without a threshold:
 * it backs nothing, and may be seized.
 */
export function draftMoneyMarket(ledger: Ledger, id: VenueId, { prices }: DraftBy): DraftVenue {
  const accounts = [...(ledger.venues.get(id)?.accounts ?? [])]
    .filter(([, { positions }]) => positions.size > 0)
    .sort(([a], [b]) => compareText(a, b));
  const debts = knownDebts(ledger, id, prices);
  const leftOut = (reason: string, account: LedgerAccount) =>
    accountGap(id, reason, debts.ofAccount(account));
  const venue = moneyMarketVenue(ledger, id);
  if ('reason' in venue) {
    const gaps = accounts.map(([, account]) => leftOut(venue.reason, account));
    return { rule: undefined, accounts: [], gaps: [...gaps, ...debts.unread], knownDebtUsd: debts.totalUsd };
  }
  const drafts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  for (const [owner, account] of accounts) {
    const reading = moneyMarketHoldings(venue, account);
    const reason = 'reason' in reading ? reading.reason : whyNotModelled(reading.holdings, prices);
    if ('reason' in reading || reason !== undefined) {
      gaps.push(leftOut(reason ?? '', account));
      continue;
    }
    // What rounds to nothing is no debt.
    if (!reading.holdings.some(({ debt }) => debt !== 0n)) continue;
    drafts.push({ venue: id, owner, market: '', ...legsOf(venue, reading.holdings, prices) });
  }
  return {
    rule: moneyMarketRule(Number(venue.terms.closeFactorWad) / 1e18),
    accounts: drafts,
    gaps: [...gaps, ...debts.unread],
    knownDebtUsd: debts.totalUsd,
    marketState: new Map(
      marketsOf(venue).map((market) => {
        const { exchangeRateWad, answerScale } = market;
        return [market.id, [exchangeRateWad, answerScale]];
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

/** A price that matters and of which nobody knows what moves it; undefined when there is none. */
function whyNotModelled(holdings: readonly MoneyMarketHolding[], prices: UsdPrices): string | undefined {
  for (const { market, isEntered, debt } of holdings) {
    const reason = isEntered || debt > 0n ? prices.whyNone(market.feed) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
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
        ...shared,
        role: 'collateral',
        side: 1,
        amount: underlyingDown(holding),
        threshold,
        liquidationThreshold: Number(threshold) / 1e18,
        loanToValue: Number(threshold) / 1e18,
        liquidationBonus: isSeizable ? Number(venue.terms.incentiveWad - WAD) / 1e18 : 0,
      });
      state.push(tokens);
    }
    if (debt > 0n) {
      const none = { threshold: 0n, liquidationThreshold: 0, liquidationBonus: 0 };
      legs.push({ ...shared, role: 'debt', side: -1, amount: debt, ...none });
      state.push(0n);
    }
  }
  return { legs, state };
}

function marketsOf({ markets }: MoneyMarketVenue): MoneyMarket[] {
  const known = [...markets.values()].flatMap((market) => ('reason' in market ? [] : [market]));
  return known.sort((a, b) => compareText(a.id, b.id));
}
