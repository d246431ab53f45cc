import {
  amountOfShares,
  categoryMarketId,
  isInCategory,
  writesDebtOff,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import { assert } from '@undertow/units';
import {
  accountGap,
  type DraftAccount,
  type DraftBy,
  type DraftFund,
  type DraftGap,
  type DraftLeg,
  type DraftVenue,
} from '../draft.ts';
import type { Ledger, LedgerAccount } from '../ledger.ts';
import {
  pooledVenue,
  readPooledAccount,
  type PooledLeg,
  type PooledReading,
  type PooledVenue,
} from './account.ts';
import type { UsdPrices } from '../prices/usd-prices.ts';
import { pooledRule } from './rule.ts';

/** What a pooled venue gives to the book: accounts with debt, their legs with e-mode and switches resolved. */
export function draftPooled(ledger: Ledger, id: VenueId, { time, prices }: DraftBy): DraftVenue {
  const venue = pooledVenue(ledger, id, time);
  return venue ? draftRelease(ledger, venue, prices) : draftUnknown(ledger, id);
}

function draftUnknown(ledger: Ledger, id: VenueId): DraftVenue {
  const { version, protocol } = ledger.reference.venues.get(id)!;
  const reason = `release ${version} of ${protocol} has no maths here`;
  const accounts = [...(ledger.venues.get(id)?.accounts.values() ?? [])];
  const gaps = accounts.filter(owesAnything).map(() => accountGap(id, reason, undefined));
  return { rule: undefined, accounts: [], gaps, knownDebtUsd: 0 };
}

function draftRelease(ledger: Ledger, venue: PooledVenue, prices: UsdPrices): DraftVenue {
  const accounts: DraftAccount[] = [];
  const gaps: DraftGap[] = [];
  for (const [owner, account] of ledger.venues.get(venue.id)?.accounts ?? []) {
    if (!owesAnything(account)) continue;
    const reading = readPooledAccount(venue, account);
    const reason = 'reason' in reading ? reading.reason : whyNotModelled(reading.account, prices);
    if ('account' in reading && reason === undefined)
      accounts.push({ venue: venue.id, owner, market: '', legs: legsOf(reading.account, prices) });
    else gaps.push(accountGap(venue.id, reason ?? '', knownDebtUsd(venue, account, prices)));
  }
  const unread = unreadGaps(venue, prices);
  const funds = fundsOf(ledger, venue, prices);
  const unreadUsd = unread.reduce((sum, gap) => sum + (gap.debtUsd ?? 0), 0);
  return {
    rule: pooledRule(venue.release),
    accounts,
    gaps: [...gaps, ...unread, ...funds.flatMap((found) => ('gap' in found ? [found.gap] : []))],
    knownDebtUsd: totalDebtUsd(venue, prices) + unreadUsd,
    funds: funds.flatMap((found) => ('fund' in found ? [found.fund] : [])),
  };
}

function owesAnything({ legs }: LedgerAccount): boolean {
  return [...legs.values()].some(({ debtShares }) => debtShares !== 0n);
}

type FoundFund = { readonly fund: DraftFund } | { readonly gap: DraftGap };

/**
 * What the venue owes itself: its deficits, or why one is left out. Where debt is written off, every reserve that is
 * borrowed has one, of 0 so far.
 */
function fundsOf(ledger: Ledger, venue: PooledVenue, prices: UsdPrices): FoundFund[] {
  if (!writesDebtOff(venue.release)) return [];
  const kind = 'deficit';
  const deficits = ledger.venues.get(venue.id)?.funds.get(kind);
  return [...venue.reserves].flatMap(([market, { terms, feed }]): FoundFund[] => {
    const amount = deficits?.get(terms.asset) ?? 0n;
    if (amount === 0n && !venue.markets.get(market)?.debtShares) return [];
    const price = feed === undefined ? undefined : prices.byFeed(feed);
    if (price) return [{ fund: { kind, asset: terms.asset, price, amount } }];
    const reason = `the deficit in ${market} has no price`;
    return amount === 0n
      ? []
      : [{ gap: { source: venue.id, reason, count: 1, unit: 'fund', debtUsd: undefined } }];
  });
}

/** Debt of accounts that a snapshot did not read, by reserve. */
function unreadGaps(venue: PooledVenue, prices: UsdPrices): DraftGap[] {
  return [...venue.reserves.keys()].sort(compareText).flatMap((market): DraftGap[] => {
    const shares = venue.markets.get(market)?.unreadDebtShares ?? 0n;
    if (shares <= 0n) return [];
    const source = `${venue.id} ${market}`;
    return [
      {
        source,
        reason: 'accounts that were not read',
        count: 1,
        unit: 'market',
        debtUsd: debtUsd(venue, market, { shares, prices }),
      },
    ];
  });
}

/** A price that matters and of which nobody knows what moves it; undefined when there is none. */
function whyNotModelled(account: PooledReading, prices: UsdPrices): string | undefined {
  for (const { feed, debtShares, isCollateral, collateralShares } of account.positions) {
    const matters = debtShares > 0n || (isCollateral && collateralShares > 0n);
    const reason = feed === undefined || !matters ? undefined : prices.whyNone(feed);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function legsOf(account: PooledReading, prices: UsdPrices): DraftLeg[] {
  const legs: DraftLeg[] = [];
  for (const position of account.positions.toSorted((a, b) => compareText(a.market, b.market))) {
    const price = position.feed === undefined ? undefined : prices.byFeed(position.feed);
    const { reserve, market, asset, collateralShares, debtShares } = position;
    // The reading refuses an account whose price is missing, unless it is of supply that counts for nothing.
    if (!price)
      assert(
        debtShares === 0n && !(position.isCollateral && collateralShares > 0n),
        `a leg in ${market} has no price`,
      );
    if (!price) continue;
    if (collateralShares > 0n) {
      const amount = amountOfShares('collateral', collateralShares, reserve.incomeIndexRay, account.release);
      const terms = termsOfCollateral(account, position);
      legs.push({ market, asset, price, side: 1, amount, ...terms });
    }
    if (debtShares > 0n) {
      const amount = amountOfShares('debt', debtShares, reserve.debtIndexRay, account.release);
      legs.push({ market, asset, price, role: 'debt', side: -1, amount, ...noTerms });
    }
  }
  return legs;
}

const noTerms = { threshold: 0n, liquidationThreshold: 0, liquidationBonus: 0, liquidationProtocolFee: 0 };

/** A bonus of 0 means that nothing can be seized: so it is while the reserve is paused or not active. */
function termsOfCollateral(account: PooledReading, position: PooledLeg) {
  const { reserve } = position;
  const hasNone = account.release === '3.0' && reserve.liquidationThresholdBps === 0n;
  if (!position.isCollateral || hasNone) return { role: 'supply', ...noTerms } as const;
  const category = isInCategory(account, position) ? account.category : undefined;
  const terms = category ?? reserve;
  const isSeizable = reserve.isActive && !reserve.isPaused;
  return {
    role: 'collateral',
    ...(category && { termsMarket: categoryMarketId(category.id) }),
    threshold: terms.liquidationThresholdBps,
    liquidationThreshold: ratio(terms.liquidationThresholdBps),
    loanToValue: ratio(terms.loanToValueBps),
    liquidationBonus: isSeizable ? ratio(terms.liquidationBonusBps) : 0,
    liquidationProtocolFee: ratio(reserve.liquidationProtocolFeeBps),
  } as const;
}

const ratio = (bps: bigint) => Number(bps) / 10_000;

/** Debt of one account, USD; undefined when part of it has no price. */
function knownDebtUsd(venue: PooledVenue, account: LedgerAccount, prices: UsdPrices): number | undefined {
  let sum = 0;
  for (const [market, leg] of account.legs) {
    if (leg.debtShares === 0n) continue;
    const usd = debtUsd(venue, market, { shares: leg.debtShares, prices });
    if (usd === undefined) return undefined;
    sum += usd;
  }
  return sum;
}

/** Debt of all accounts known, by the shares of each reserve. */
function totalDebtUsd(venue: PooledVenue, prices: UsdPrices): number {
  let sum = 0;
  for (const market of [...venue.reserves.keys()].sort(compareText)) {
    const shares = venue.markets.get(market)?.debtShares ?? 0n;
    sum += debtUsd(venue, market, { shares, prices }) ?? 0;
  }
  return sum;
}

function debtUsd(
  venue: PooledVenue,
  market: string,
  of: { readonly shares: bigint; readonly prices: UsdPrices },
): number | undefined {
  const known = venue.reserves.get(market);
  const usd = known?.feed === undefined ? undefined : of.prices.usdNow(known.feed);
  if (!known || usd === undefined) return undefined;
  const { reserve } = known;
  const amount = amountOfShares('debt', of.shares < 0n ? 0n : of.shares, reserve.debtIndexRay, venue.release);
  return (Number(amount) / 10 ** reserve.decimals) * usd;
}
