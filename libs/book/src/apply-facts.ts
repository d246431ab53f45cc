import type {
  Address,
  CategoryChosen,
  CollateralSwitched,
  Fact,
  FundMoved,
  IndexAccrued,
  LegChanged,
  LiquidityChanged,
  PositionChanged,
  Quarantined,
  TermsChanged,
} from '@undertow/market';
import {
  foldGrowth,
  foldPairTotals,
  foldPosition,
  foldVolatility,
  normalizedDebtRay,
  normalizedIncomeRay,
  pooledRelease,
  SNAPSHOT_LOG_INDEX,
} from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { allFit, BEYOND, impossible } from './bounds.ts';
import { owedByVenue } from './holdings.ts';
import { positionKey } from './ledger.ts';
import {
  accountOf,
  dropEmptyAccount,
  dropEmptyLeg,
  found,
  legOf,
  marketOf,
  poolOf,
  venueOf,
} from './ledger-places.ts';
import type { Ledger, LedgerMarket, LedgerPool } from './ledger.ts';

/**
 * Folds facts into a ledger, in the order of their keys whatever their order in the array. The ledger is
 * changed in place.
 *
 * @throws BadDataError when a fact is of another chain, or not newer than what was folded before (a repeated
 *   batch would count shares twice). Nothing of the batch has been folded then.
 */
export function applyFacts(ledger: Ledger, facts: readonly Fact[]): void {
  const ordered = isOrdered(facts) ? facts : facts.toSorted(compareKeys);
  checkFollows(ledger, ordered);
  for (const fact of ordered) applyFact(ledger, fact);
  const last = ordered.at(-1);
  if (!last) return;
  const { chainId, block, logIndex, part, time } = last;
  ledger.at = { chainId, block, logIndex, part, time };
}

/** Order of the keys of two facts of one chain: block, then log, then part of the log. */
export function compareKeys(a: Place, b: Place): number {
  return a.block - b.block || a.logIndex - b.logIndex || a.part - b.part;
}

type Place = Pick<Fact, 'block' | 'logIndex' | 'part'>;

function isOrdered(facts: readonly Fact[]): boolean {
  return facts.every((fact, i) => i === 0 || compareKeys(facts[i - 1]!, fact) < 0);
}

function checkFollows(ledger: Ledger, ordered: readonly Fact[]): void {
  let before: Place | undefined = ledger.at;
  const chainId = ledger.at?.chainId ?? ordered[0]?.chainId;
  for (const fact of ordered) {
    const where = `${fact.kind} at block ${fact.block}, log ${fact.logIndex}, part ${fact.part}`;
    if (fact.chainId !== chainId) {
      throw new BadDataError(`${where} is of chain ${fact.chainId}, the ledger of chain ${chainId}`);
    }
    if (before && compareKeys(before, fact) >= 0) {
      throw new BadDataError(
        `${where} is not newer than what is folded already; rebuild the ledger from the store`,
      );
    }
    before = fact;
  }
}

/** What cannot be is counted as a log that could not be read, and changes nothing else. */
function applyFact(ledger: Ledger, fact: Fact): void {
  const reason = impossible(ledger, fact);
  if (reason !== undefined && 'venue' in fact)
    return countQuarantined(ledger, { source: fact.venue, reason });
  switch (fact.kind) {
    case 'LegChanged':
      return changeLeg(ledger, fact);
    case 'CollateralSwitched':
      return switchCollateral(ledger, fact);
    case 'CategoryChosen':
      return chooseCategory(ledger, fact);
    case 'TermsChanged':
      return changeTerms(ledger, fact);
    case 'IndexAccrued':
      return accrue(ledger, fact);
    case 'PricePosted': {
      const { answer, round, updatedAt } = fact;
      ledger.prices.set(fact.feed, { answer, round, updatedAt });
      return;
    }
    case 'FormulaPosted':
      if (fact.formula === null) ledger.formulas.delete(fact.feed);
      else ledger.formulas.set(fact.feed, fact.formula);
      return;
    case 'LiquidityChanged':
      return changeLiquidity(poolOf(ledger, fact), fact);
    case 'Quarantined':
      return countQuarantined(ledger, fact);
    case 'PositionChanged':
      return changePosition(ledger, fact);
    case 'GrowthAccrued': {
      const market = marketOf(ledger, fact);
      market.growth = foldGrowth(market.growth, fact.growth, fact.time);
      return;
    }
    case 'VolatilityPosted': {
      const market = marketOf(ledger, fact);
      market.volatility = foldVolatility(market.volatility, fact.volatility, fact.time);
      return;
    }
    case 'FundMoved':
      return moveFund(ledger, fact);
    case 'RatioPosted':
      ledger.ratios.set(fact.asset, { of: fact.of, ratioWad: fact.ratioWad });
      return;
    case 'HoldingRead': {
      const { venue, asset, amount: held, time } = fact;
      const owed = owedByVenue(ledger, { venue, asset, time });
      if (owed !== undefined) venueOf(ledger, fact).holdings.set(asset, { held, owed });
      return;
    }
    case 'Liquidated':
      // What it did to legs and totals are facts of their own.
      return;
  }
}

function changeLeg(ledger: Ledger, fact: LegChanged): void {
  const leg = legOf(ledger, fact);
  const market = marketOf(ledger, fact);
  if (fact.side === 'collateral') {
    leg.collateralShares += fact.sharesDelta;
    market.collateralShares += fact.sharesDelta;
  } else {
    leg.debtShares += fact.sharesDelta;
    market.debtShares += fact.sharesDelta;
    if (isPooled(market) && fact.logIndex === SNAPSHOT_LOG_INDEX) market.unreadDebtShares -= fact.sharesDelta;
  }
  dropEmptyLeg(ledger, fact, leg);
}

function changePosition(ledger: Ledger, fact: PositionChanged): void {
  const { market, position: name, change } = fact;
  const account = accountOf(ledger, fact);
  const key = positionKey(market, name);
  const { growth } = marketOf(ledger, fact);
  const position = foldPosition(account.positions.get(key)?.position, change, fact.time, growth);
  if (!allFit(position)) countQuarantined(ledger, { source: fact.venue, reason: BEYOND });
  else if (position) account.positions.set(key, { market, name, position });
  else account.positions.delete(key);
  dropEmptyAccount(ledger, fact, account);
}

function moveFund(ledger: Ledger, fact: FundMoved): void {
  const funds = found(venueOf(ledger, fact).funds, fact.fund, () => new Map<Address, bigint>());
  const amount = (funds.get(fact.asset) ?? 0n) + fact.amountDelta;
  if (amount === 0n) funds.delete(fact.asset);
  else funds.set(fact.asset, amount);
}

function switchCollateral(ledger: Ledger, fact: CollateralSwitched): void {
  const leg = legOf(ledger, fact);
  leg.collateralEnabled = fact.enabled;
  dropEmptyLeg(ledger, fact, leg);
}

function chooseCategory(ledger: Ledger, fact: CategoryChosen): void {
  const account = accountOf(ledger, fact);
  account.category = fact.category;
  dropEmptyAccount(ledger, fact, account);
}

function changeTerms(ledger: Ledger, fact: TermsChanged): void {
  const market = marketOf(ledger, fact);
  const before = market.terms?.form === fact.patch.form ? market.terms : {};
  // Spreading a union of patches loses that both are of one form, which the line above has checked.
  market.terms = { ...before, ...fact.patch } as LedgerMarket['terms'];
}

function accrue(ledger: Ledger, fact: IndexAccrued): void {
  const market = marketOf(ledger, fact);
  const { accrual, accruedAt: updatedAt = fact.time } = fact;
  switch (accrual.form) {
    case 'ray': {
      const { indexRay, ratePerYearRay } = accrual;
      const index = { indexRay, ratePerYearRay, updatedAt };
      if (accrual.side === 'collateral') market.collateralIndex = index;
      else market.debtIndex = index;
      return;
    }
    case 'rayAccrued':
      return accrueByFormula(market, updatedAt, ledger.reference.venues.get(fact.venue)?.version ?? '');
    case 'totals':
      if (isPooled(market)) {
        // A snapshot's total of the reserve; the legs that it read follow and are taken off again.
        if (accrual.side === 'debt') market.unreadDebtShares += accrual.sharesDelta;
        return;
      }
      market.totals = foldPairTotals(market.totals, fact);
      return;
    default:
      market.totals = foldPairTotals(market.totals, fact);
  }
}

const isPooled = ({ terms }: LedgerMarket) => terms?.form === 'reserve';

/**
 * Brings both indices up to `time` as the protocol does when it does not say so. The index of a debt that nobody
 * owes stands still. A release without known maths stands still too; none of its accounts is modelled.
 * Source: `ReserveLogic.updateState` and `_updateIndexes`.
 */
function accrueByFormula(market: LedgerMarket, time: number, version: string): void {
  const release = pooledRelease(version);
  if (release === undefined) return;
  const { collateralIndex, debtIndex } = market;
  const owesNothing = market.debtShares + market.unreadDebtShares === 0n;
  const debtRay = owesNothing ? debtIndex.indexRay : normalizedDebtRay(debtIndex, time, release);
  market.collateralIndex = {
    ...collateralIndex,
    indexRay: normalizedIncomeRay(collateralIndex, time),
    updatedAt: time,
  };
  market.debtIndex = { ...debtIndex, indexRay: debtRay, updatedAt: time };
}

function changeLiquidity(pool: LedgerPool, fact: LiquidityChanged): void {
  const { change } = fact;
  if (change.form === 'price') {
    pool.sqrtPriceX96 = change.sqrtPriceX96;
    pool.tick = change.tick;
    return;
  }
  addAtTick(pool, change.lowerTick, change.liquidityDelta);
  addAtTick(pool, change.upperTick, -change.liquidityDelta);
}

function addAtTick(pool: LedgerPool, tick: number, delta: bigint): void {
  const net = (pool.ticks.get(tick) ?? 0n) + delta;
  if (net === 0n) pool.ticks.delete(tick);
  else pool.ticks.set(tick, net);
}

function countQuarantined(ledger: Ledger, fact: Pick<Quarantined, 'source' | 'reason'>): void {
  const reasons = found(ledger.quarantined, fact.source, () => new Map<string, number>());
  reasons.set(fact.reason, (reasons.get(fact.reason) ?? 0) + 1);
}
