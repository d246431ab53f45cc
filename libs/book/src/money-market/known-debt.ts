import {
  indexedDebtDown,
  type MarketId,
  type MoneyMarketTerms,
  type Position,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import type { DraftGap } from '../draft.ts';
import type { Ledger, LedgerAccount } from '../ledger.ts';
import type { UsdPrices } from '../prices/usd-prices.ts';

/** What is owed at a venue as far as it can be said, whether or not who owes it can be modelled. USD. */
export interface KnownDebts {
  /** By the totals of its markets; a market that nothing prices is not in it. */
  readonly totalUsd: number;
  /** What one account owes; undefined when nothing prices a part of it, or its index is not known. */
  readonly ofAccount: (account: Pick<LedgerAccount, 'positions'>) => number | undefined;
  /** Debt that a market's total says and no account known has. */
  readonly unread: readonly DraftGap[];
}

/** What rounding alone may leave between a market's total and the sum of its debts. */
const ROUNDING = { parts: 1_000_000n, units: 1_000n };

/**
 * The debts of a venue, with interest as its contracts last added it. They need only the asset and the index of a market,
 * not its collateral factor, its oracle or the terms that markets share.
 */
export function knownDebts(ledger: Ledger, venue: VenueId, prices: UsdPrices): KnownDebts {
  const { markets = new Map<MarketId, never>(), accounts = [] } = ledger.venues.get(venue) ?? {};
  const known = new Map<MarketId, DebtMarket>();
  for (const market of [...markets.keys()].sort(compareText)) {
    const debts = debtMarket(ledger, { venue, market }, prices);
    if (debts) known.set(market, debts);
  }
  const seen = new Map<MarketId, bigint>();
  /** Markets in which some debt cannot be counted, so that nothing can be said to be missing. */
  const uncounted = new Set<MarketId>();
  for (const [, { positions }] of accounts) {
    for (const { market, position } of positions.values()) {
      const owed = owedDown(known.get(market), position);
      if (owed === undefined) uncounted.add(market);
      else seen.set(market, (seen.get(market) ?? 0n) + owed);
    }
  }
  const unread = [...known].flatMap(([market, { borrows, usdOf }]): DraftGap[] => {
    const missing = borrows - (seen.get(market) ?? 0n);
    if (uncounted.has(market) || missing <= borrows / ROUNDING.parts + ROUNDING.units) return [];
    const reason = 'accounts that were not read';
    return [{ source: `${venue} ${market}`, reason, count: 1, debtUsd: usdOf(missing) }];
  });
  return {
    totalUsd: [...known.values()].reduce((total, { borrows, usdOf }) => total + (usdOf(borrows) ?? 0), 0),
    ofAccount: ({ positions }) => accountUsd(known, positions),
    unread,
  };
}

/** What is known of the debts in one market. */
interface DebtMarket {
  readonly borrows: bigint;
  readonly borrowIndexWad: bigint;
  /** Undefined when nothing prices the asset. */
  readonly usdOf: (amount: bigint) => number | undefined;
}

function debtMarket(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly market: MarketId },
  prices: UsdPrices,
): DebtMarket | undefined {
  const { terms, growth } = ledger.venues.get(at.venue)?.markets.get(at.market) ?? {};
  if (growth?.form !== 'money-market') return undefined;
  const of: Partial<MoneyMarketTerms> = terms?.form === 'money-market' ? terms : {};
  const { asset, decimals } = of;
  const places = decimals ?? (asset && ledger.reference.assets.get(asset)?.decimals);
  const usd = priceUsd(of, prices);
  const isPriced = usd !== undefined && places !== undefined;
  return {
    borrows: growth.borrows,
    borrowIndexWad: growth.borrowIndexWad,
    usdOf: (amount) => {
      if (amount === 0n) return 0;
      return isPriced ? (Number(amount) / 10 ** places) * usd : undefined;
    },
  };
}

/**
 * USD per whole unit: by the market's own feed; without one by what others price the asset with; at last by the price that
 * the venue was given by hand, of which 0 is none.
 */
function priceUsd({ asset, oracle }: Partial<MoneyMarketTerms>, prices: UsdPrices): number | undefined {
  const own = oracle?.form === 'feed' ? prices.usdNow(oracle.feed) : undefined;
  const usd = own ?? (asset && prices.byAsset(asset)?.usd);
  if (usd !== undefined) return usd;
  return oracle?.form === 'constant' && oracle.usdWad > 0n ? Number(oracle.usdWad) / 1e18 : undefined;
}

/** Undefined when the index that the debt is by, or that of the market, is not known. */
function owedDown(market: DebtMarket | undefined, position: Position): bigint | undefined {
  if (!market || position.form !== 'indexed-debt' || position.indexWad <= 0n) return undefined;
  return indexedDebtDown(position, market.borrowIndexWad);
}

function accountUsd(
  known: ReadonlyMap<MarketId, DebtMarket>,
  positions: LedgerAccount['positions'],
): number | undefined {
  let total = 0;
  for (const { market: id, position } of positions.values()) {
    const market = known.get(id);
    const owed = owedDown(market, position);
    const usd = owed === undefined ? undefined : market?.usdOf(owed);
    if (usd === undefined) return undefined;
    total += usd;
  }
  return total;
}
