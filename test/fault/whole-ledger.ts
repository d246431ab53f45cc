import { applyFacts, emptyLedger, ledgerLines, type Ledger, type LedgerVenue } from '@undertow/book';
import { indexedDebtDown, type StoredIndex } from '@undertow/market';
import { RAY } from '@undertow/units';
import type { Indexed } from './index-from-scratch.ts';

/** The ledger that an index of a chain makes. */
export function ledgerOf({ facts, reference }: Pick<Indexed, 'facts' | 'reference'>): Ledger {
  const ledger = emptyLedger(reference);
  applyFacts(ledger, facts);
  return ledger;
}

/** What to hold against what. */
export interface Comparison {
  /** Of an indexer that began with a snapshot. */
  readonly taken: Indexed;
  /** Of one that read every log. */
  readonly logged: Indexed;
  /** Logs were read after the snapshot. */
  readonly hasGoneOn: boolean;
}

/**
 * Fails unless the two ledgers are the same in all that `ledgerLines` says, in the reference and in what could not be
 * read. Left out is only what calls cannot tell, each with its reason at the function that leaves it out.
 */
export function expectSameLedger({ taken, logged, hasGoneOn }: Comparison): void {
  const ours = comparable(ledgerOf(taken), hasGoneOn);
  const theirs = comparable(ledgerOf(logged), hasGoneOn);
  expect(ours.lines).toEqual(theirs.lines);
  expect([...ours.debts.keys()].sort()).toEqual([...theirs.debts.keys()].sort());
  for (const [debt, owed] of ours.debts) {
    const difference = theirs.debts.get(debt)! - owed;
    // What is read was floored, and what follows from that is floored again.
    expect({ debt, isOff: difference < 0n || difference > (hasGoneOn ? 1n : 0n) }).toEqual({
      debt,
      isOff: false,
    });
  }
}

/** A ledger's lines, less what calls cannot tell, and its debts. Takes the ledger apart. */
function comparable(ledger: Ledger, hasGoneOn: boolean) {
  const debts = takeOutDebts(ledger);
  for (const venue of ledger.venues.values()) {
    forgetGrowthOfPerpetuals(venue);
    if (hasGoneOn) forgetSettledPremiums(venue);
    forgetPastVolatilities(venue);
    forgetListingTimes(venue);
  }
  const { venues, assets, feeds, pools } = ledger.reference;
  const rows = [...venues.values(), ...assets.values(), ...feeds.values(), ...pools.values()];
  const unread = [...ledger.quarantined].flatMap(([source, reasons]) =>
    [...reasons].map(([reason, count]) => `quarantined ${source} ${reason} ${count}`),
  );
  const lines = [...ledgerLines(ledger), ...rows.map((row) => JSON.stringify(row)), ...unread].sort();
  return { lines, debts };
}

/**
 * No view of a perpetual venue gives the premium that a market has accrued, what its fees have grown to beyond its ticks,
 * or where its pool and its index stood before. The snapshot says so (`isKnown` is false), and its accounts are gaps.
 */
function forgetGrowthOfPerpetuals({ markets }: LedgerVenue): void {
  for (const market of markets.values()) if (market.growth?.form === 'perpetual') delete market.growth;
}

/**
 * A position that is touched after the snapshot is settled to the premium of its market, and its orders to what fees and
 * premiums have grown to inside their ranges. The market's are not known then: see above.
 */
function forgetSettledPremiums({ accounts }: LedgerVenue): void {
  for (const { positions } of accounts.values()) {
    for (const [key, held] of positions) {
      const { position } = held;
      if (position.form !== 'perpetual' || position.part !== 'exposure') continue;
      const orders = position.orders.map((order) => ({
        ...order,
        feeInsideX128: 0n,
        premiumInsideX96: 0n,
        premiumBelowX96: 0n,
        premiumBySqrtInsideX96: 0n,
      }));
      positions.set(key, { ...held, position: { ...position, premiumX96: 0n, orders } });
    }
  }
}

/**
 * No view of an option venue gives the past values that its averages are made of: a snapshot begins with the averages
 * that the views give. A series or board that is settled has no accounts, and its volatility is not read.
 */
function forgetPastVolatilities({ markets }: LedgerVenue): void {
  const isSettled = (id: string): boolean => {
    const terms = markets.get(id)?.terms;
    if (terms?.form === 'option-series') return terms.board !== undefined && isSettled(terms.board);
    return terms?.form === 'option-board' && terms.settlementPriceWad !== undefined;
  };
  for (const [id, market] of markets) {
    if (isSettled(id)) delete market.volatility;
    else if (market.volatility) market.volatility = { ...market.volatility, observations: [] };
  }
}

/**
 * No view of a reserve that nobody has used yet gives when it was listed, which is where its index begins in the logs. It
 * bears no interest, so that its index is one ray whenever it began.
 */
function forgetListingTimes({ markets }: LedgerVenue): void {
  const begun = (index: StoredIndex): StoredIndex =>
    index.indexRay === RAY && index.ratePerYearRay === 0n ? { ...index, updatedAt: 0 } : index;
  for (const market of markets.values()) {
    if (market.collateralShares + market.debtShares > 0n) continue;
    market.collateralIndex = begun(market.collateralIndex);
    market.debtIndex = begun(market.debtIndex);
  }
}

/**
 * No view of a money market gives when a debt was last touched and what it was then, only what it is now: each debt is
 * taken out of its account, and told as what is owed by the market's present index.
 */
function takeOutDebts({ venues }: Ledger): ReadonlyMap<string, bigint> {
  const debts = new Map<string, bigint>();
  for (const [id, { accounts, markets }] of venues) {
    for (const [owner, { positions }] of accounts) {
      for (const [key, { market, position }] of positions) {
        if (position.form !== 'indexed-debt') continue;
        const growth = markets.get(market)?.growth;
        if (growth?.form !== 'money-market')
          throw new Error(`the debt of ${owner} in ${market} has no index`);
        debts.set(`${id} ${owner} ${market}`, indexedDebtDown(position, growth.borrowIndexWad));
        positions.delete(key);
      }
    }
  }
  return debts;
}
