import {
  compareText,
  fundRow,
  type AccountRow,
  type AssetRow,
  type Book,
  type RepayAndSeizeRule,
} from '@undertow/book';
import { assert } from '@undertow/units';
import { largestSize } from '../../policies/largest-size.ts';
import type { LiquidatorPolicy } from '../../scenario.ts';
import type { View } from '../../state.ts';
import { emptyCall, offerInto, type Call, type Sides } from './lending-call.ts';
import type { CompiledBook } from './compiled-book.ts';
import { ASSET, BONUS, LEG_WIDTH, ORACLE, SIDE, THRESHOLD, valueInto } from './leg-terms.ts';
import type { LiveMarket } from './live-market.ts';

/** Debt that a call leaves without collateral: units of an asset, and whether anybody has taken it over. */
export interface LostDebt {
  readonly account: number;
  readonly asset: number;
  readonly amount: number;
  readonly isLeft: boolean;
}

/**
 * Calls on accounts of venues where debt is repaid and collateral seized, in numbers instead of objects: what `repayAndSeize`
 * offers, what `choosePaying` takes of it, and what `applyLiquidations` does with it.
 */
export class LendingDesk {
  /** Of the account of the last `choose`. */
  healthFactor = Infinity;
  /** Why the venue would accept no call; undefined = it would, if any is offered. */
  refusal: 'no-collateral' | 'paused' | undefined;
  offers = 0;
  /** Nothing is owed any more, or nothing is left that could be taken, whatever prices do. */
  isBare = false;
  /** Of the call that was chosen. */
  profitUsd = 0;
  repaidUsd = 0;
  seizedUsd = 0;
  seizedUnits = 0;
  seizedAsset = 0;

  readonly #book: Book;
  readonly #market: LiveMarket;
  readonly #terms: Float64Array;
  readonly #isFloored: Uint8Array;
  /** By asset: raw units in a whole one. */
  readonly #unitsOf: Float64Array;
  readonly #addressRank: Int32Array;
  readonly #value = { healthFactor: Infinity, collateralUsd: 0, debtUsd: 0 };
  readonly #debts: Int32Array;
  readonly #collaterals: Int32Array;
  readonly #legUsd: Float64Array;
  #view: View | undefined;
  readonly #side: Sides;
  #now = emptyCall();
  #best = emptyCall();
  #candidate = emptyCall();
  /** The call that the markets have tried last, at its size. */
  #tried: Call | undefined;

  constructor(compiled: CompiledBook, market: LiveMarket) {
    const { book, terms, isFloored } = compiled;
    this.#book = book;
    this.#terms = terms;
    this.#isFloored = isFloored;
    this.#unitsOf = Float64Array.from(book.assets, ({ decimals }) => 10 ** decimals);
    this.#market = market;
    const order = book.assets
      .map((_, row) => row)
      .sort((a, b) => compareText(book.assets[a]!.address, book.assets[b]!.address));
    this.#addressRank = new Int32Array(order.length);
    for (const [rank, row] of order.entries()) this.#addressRank[row] = rank;
    const { legStart } = book.accounts;
    let most = 0;
    for (let row = 0; row + 1 < legStart.length; row++)
      most = Math.max(most, legStart[row + 1]! - legStart[row]!);
    this.#debts = new Int32Array(most);
    this.#collaterals = new Int32Array(most);
    this.#legUsd = new Float64Array(most);
    this.#side = { terms, view: undefined, value: this.#value, first: 0, legUsd: this.#legUsd };
  }

  /** Amounts and oracle prices from now on. */
  look(view: View): void {
    this.#view = view;
  }

  /** Finds the call that a policy would make of an account where the markets stand; false = none. */
  choose(account: number, policy: Exclude<LiquidatorPolicy, { kind: 'capital' }>): boolean {
    const view = this.#view!;
    const rule = this.#ruleOf(account);
    const { legStart } = this.#book.accounts;
    const [first, end] = [legStart[account]!, legStart[account + 1]!];
    const isFloored = this.#isFloored[account] === 1;
    valueInto({ terms: this.#terms, first, end, isFloored }, view, this.#value);
    this.healthFactor = this.#value.healthFactor;
    this.#side.view = view;
    this.#side.first = first;
    const [debts, collaterals] = this.#findSides(first, end, rule);
    this.offers = 0;
    this.#best.isChosen = false;
    for (let d = 0; d < debts; d++)
      for (let c = 0; c < collaterals; c++) {
        const pair = { debtLeg: this.#debts[d]!, collateralLeg: this.#collaterals[c]! };
        if (!offerInto(this.#now, this.#side, { rule, ...pair })) continue;
        this.offers += 1;
        if (policy.kind === 'unlimited') {
          this.#quote(1);
          return this.#take(1);
        }
        this.#consider(policy.gasUsd);
      }
    return this.#best.isChosen && this.#finish();
  }

  #ruleOf(account: number): RepayAndSeizeRule {
    const { venues, accounts } = this.#book;
    const { rule } = venues[accounts.venue[account]!]!;
    assert(rule?.kernel === 'repay-and-seize', 'an account of such a venue has its rule');
    return rule;
  }

  /** As `sidesOf`: how many debts and collaterals there are, the largest first. */
  #findSides(first: number, end: number, rule: RepayAndSeizeRule): [debts: number, collaterals: number] {
    const { amount, oraclePriceUsd } = this.#view!;
    const terms = this.#terms;
    let debts = 0;
    let collaterals = 0;
    let isPaused = false;
    let owes = false;
    let has = false;
    for (let leg = first; leg < end; leg++) {
      if (amount[leg]! <= 0) continue;
      const row = LEG_WIDTH * leg;
      const valueUsd = amount[leg]! * oraclePriceUsd[terms[row + ORACLE]!]!;
      const isDebt = terms[row + SIDE] === -1;
      if (!isDebt && !(terms[row + THRESHOLD]! > 0) && !rule.seizesAllSupply) continue;
      if (isDebt) owes = true;
      else has = true;
      this.#legUsd[leg - first] = valueUsd;
      if (valueUsd < rule.leastSeizedUsd) continue;
      if (isDebt) this.#insert(this.#debts, debts++, leg);
      else if (terms[row + BONUS]! > 0) this.#insert(this.#collaterals, collaterals++, leg);
      else isPaused = true;
    }
    this.isBare = !owes || !has;
    this.refusal = collaterals > 0 ? undefined : isPaused ? 'paused' : 'no-collateral';
    return [debts, collaterals];
  }

  /** By value, then by the asset's name, then as they stand in the book. */
  #insert(into: Int32Array, count: number, leg: number): void {
    const { first } = this.#side;
    const rankOf = (row: number) => this.#addressRank[this.#terms[LEG_WIDTH * row + ASSET]!]!;
    let at = count;
    for (; at > 0; at--) {
      const other = into[at - 1]!;
      const apart = this.#legUsd[leg - first]! - this.#legUsd[other - first]! || rankOf(other) - rankOf(leg);
      if (apart <= 0) break;
      into[at] = other;
    }
    into[at] = leg;
  }

  /** What the present offer pays at a size, and by how much its last unit does. */
  #quote(size: number): void {
    const call = this.#now;
    const market = this.#market;
    const { sold, bought } = call;
    const units = call.seized - call.fee;
    market.tryTwo(sold, units * size, bought, call.repaid * size);
    this.#tried = call;
    call.size = size;
    call.profitUsd = market.cashUsd - market.unboughtUsd;
    let marginalUsd = 0;
    if (units !== 0) marginalUsd += units * market.marginalUsd[sold]!;
    if (call.repaid !== 0) marginalUsd -= call.repaid * market.marginalUsd[bought]!;
    call.marginalUsd = marginalUsd;
  }

  readonly #spareAt = (size: number): number => {
    this.#quote(size);
    return this.#now.marginalUsd / this.#now.costUsd;
  };

  /** As one turn of `choosePaying`. */
  #consider(gasUsd: number): void {
    const call = this.#now;
    const { marketUsd } = this.#market;
    const isFree = call.repaid === 0;
    if (isFree) this.#quote(1);
    else {
      call.costUsd = call.repaid * marketUsd[call.bought]!;
      if (this.#cannotPay() || !this.#findLargestPaying()) return;
    }
    const sparedUsd = call.profitUsd - gasUsd;
    if (isFree ? sparedUsd < 0 : sparedUsd < this.#roundingUsd()) return;
    if (!this.#best.isChosen || call.profitUsd > this.#best.profitUsd) this.#keep();
  }

  /** Whether already the first unit brings less than it costs: then no size pays, and none has to be tried. */
  #cannotPay(): boolean {
    const call = this.#now;
    const { sold, bought } = call;
    if (call.mostPart !== 1 || !this.#market.areApart(sold, bought)) return false;
    const brings = (call.seized - call.fee) * this.#market.firstUnitUsd(sold, true);
    return brings < call.repaid * this.#market.firstUnitUsd(bought, false) * (1 - 1e-9);
  }

  /** As `largestPaying`, without limits: leaves the call at its size in `#now`; false where none pays. */
  #findLargestPaying(): boolean {
    const call = this.#now;
    if (call.mostPart === 0) {
      this.#quote(1);
      return true;
    }
    if (this.#spareAt(1) >= 0) return true;
    const size = largestSize(this.#spareAt, call.mostPart);
    if (size === undefined) {
      if (call.mostPart === 1) return false;
      this.#quote(1);
      return call.profitUsd > 0;
    }
    this.#quote(size);
    if (call.mostPart === 1) return true;
    const { profitUsd } = call;
    this.#quote(1);
    if (call.profitUsd > profitUsd) return true;
    this.#quote(size);
    return true;
  }

  #roundingUsd(): number {
    const { marketUsd } = this.#market;
    const { sold, bought } = this.#now;
    return marketUsd[sold]! / this.#unitsOf[sold]! + marketUsd[bought]! / this.#unitsOf[bought]!;
  }

  #keep(): void {
    const spare = this.#candidate;
    this.#candidate = this.#best;
    this.#best = this.#now;
    this.#best.isChosen = true;
    this.#now = spare;
  }

  #take(size: number): boolean {
    this.#now.size = size;
    this.#keep();
    return this.#finish();
  }

  #finish(): true {
    const call = this.#best;
    this.profitUsd = call.profitUsd;
    this.repaidUsd = call.repaidUsd * call.size;
    this.seizedUsd = call.seizedUsd * call.size;
    this.seizedUnits = call.seized * call.size;
    this.seizedAsset = call.sold;
    return true;
  }

  /** Makes the call that was chosen: amounts, funds and markets after it. What it leaves without collateral is added to `lost`. */
  act(account: number, lost: LostDebt[]): void {
    const { amount } = this.#view!;
    const { debtLeg, collateralLeg, sold, bought, repaid, seized, size, isShort, fee } = this.#best;
    if (this.#tried !== this.#best) this.#market.tryTwo(sold, (seized - fee) * size, bought, repaid * size);
    this.#market.commit();
    this.#tried = undefined;
    const isLast = isShort && size === 1 && this.#isLastCollateral(account, collateralLeg);
    const owedBefore = amount[debtLeg]!;
    amount[debtLeg] = Math.max(0, owedBefore - repaid * size);
    amount[collateralLeg] = Math.max(0, amount[collateralLeg]! - seized * size);
    if (isLast) this.#writeOff(account, { debtLeg, left: owedBefore - repaid, lost });
  }

  #isLastCollateral(account: number, seized: number): boolean {
    const { legs, accounts } = this.#book;
    const { seizesAllSupply } = this.#ruleOf(account);
    const { amount } = this.#view!;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const counts = legs.liquidationThreshold[leg]! > 0 || seizesAllSupply;
      if (legs.side[leg] !== -1 && leg !== seized && counts && amount[leg]! > 0) return false;
    }
    return true;
  }

  /** As `badDebtEffects`. */
  #writeOff(
    account: number,
    of: { readonly debtLeg: number; readonly left: number; readonly lost: LostDebt[] },
  ): void {
    const { legs, accounts, oracles } = this.#book;
    const { amount, fundAmount } = this.#view!;
    const { badDebt } = this.#ruleOf(account);
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      if (legs.side[leg] !== -1) continue;
      const owed = leg === of.debtLeg ? of.left : amount[leg]!;
      if (owed <= 0) continue;
      const { asset } = oracles[legs.oracle[leg]!]!;
      of.lost.push({ account, asset, amount: owed, isLeft: badDebt !== 'socialised' });
      if (badDebt === 'left') continue;
      amount[leg] = Math.max(0, amount[leg]! - owed);
      if (badDebt !== 'deficit') continue;
      const fund = fundRow(this.#book, account as AccountRow, { kind: 'deficit', asset: asset as AssetRow });
      if (fund !== undefined) fundAmount[fund]! -= owed;
    }
  }
}
