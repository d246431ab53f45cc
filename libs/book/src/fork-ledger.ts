import type { Ledger, LedgerVenue } from './ledger.ts';

/**
 * A second ledger that says the same, at a small part of the cost of a copy: accounts are shared until either ledger
 * changes one, which copies that account first. What is folded into one never shows in the other.
 */
export function forkLedger(ledger: Ledger): Ledger {
  const { reference, at, venues, prices, pools, ratios, formulas, quarantined } = ledger;
  ledger.own = new Set();
  return {
    reference: {
      venues: new Map(reference.venues),
      assets: new Map(reference.assets),
      feeds: new Map(reference.feeds),
      pools: new Map(reference.pools),
    },
    at,
    venues: mapped(venues, forkVenue),
    prices: new Map(prices),
    pools: mapped(pools, ({ ticks, ...pool }) => ({ ...pool, ticks: new Map(ticks) })),
    ratios: new Map(ratios),
    formulas: new Map(formulas),
    quarantined: mapped(quarantined, (reasons) => new Map(reasons)),
    own: new Set(),
  };
}

const forkVenue = ({ markets, accounts, funds, holdings }: LedgerVenue): LedgerVenue => ({
  markets: mapped(markets, (market) => ({ ...market })),
  accounts: new Map(accounts),
  funds: mapped(funds, (amounts) => new Map(amounts)),
  holdings: new Map(holdings),
});

const mapped = <K, V>(map: ReadonlyMap<K, V>, copy: (value: V) => V): Map<K, V> =>
  new Map([...map].map(([key, value]) => [key, copy(value)]));
