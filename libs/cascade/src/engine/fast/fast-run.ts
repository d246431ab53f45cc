import { bookValues, isDue, type AccountRow, type Book } from '@undertow/book';
import type { Claim } from '../../kernel.ts';
import type { Shocked } from '../../resolve-moves.ts';
import { MAX_ROUNDS, MAX_ROUNDS_WITHIN } from '../../run.ts';
import type { Policies } from '../../scenario.ts';
import type { View } from '../../state.ts';
import type { CallLog } from './call-log.ts';
import { ClaimDesk, type ClaimPlace } from './claim-desk.ts';
import type { CompiledBook } from './compiled-book.ts';
import { DueFinder } from './due-finder.ts';
import { Entries } from './entries.ts';
import { carryOut } from './lending-calls.ts';
import { LendingChoice, PROFIT_USD, SIZE } from './lending-choice.ts';
import { COLLATERAL_LEG, DEBT_LEG, REPAID_USD, SCRATCH, SEIZED, SEIZED_USD, SOLD } from './lending-offers.ts';
import type { LendingDue } from './lending-due.ts';
import { ACCOUNT, COLUMN, RULE } from './lending-records.ts';
import { lendingRules, RULE_WIDTH } from './lending-rules.ts';
import type { LiveMarket } from './live-market.ts';
import { LiveOracles } from './live-oracles.ts';
import { RunAmounts } from './run-amounts.ts';
import { SegmentMarket } from './segment-market.ts';
import { ShortFinder } from './short-finder.ts';
import { TermPrices } from './term-prices.ts';
import { Tally, type FastRun } from './tally.ts';

/**
 * Repeats rounds until nobody acts, as `runOf` does, over columns that are changed in place. Accounts of lending venues whose
 * liquidators are rational or unlimited, while oracles follow between rounds, are dealt with in numbers alone (`LendingChoice`); all
 * others by the same kernels and policies as in the clear engine.
 */
export class Runner {
  readonly lending: LendingChoice;
  readonly market: LiveMarket;
  readonly #segments: SegmentMarket;
  readonly #compiled: CompiledBook;
  readonly #book: Book;
  readonly #oracles: LiveOracles;
  readonly #prices: TermPrices;
  readonly #amounts: RunAmounts;
  readonly #tally: Tally;
  readonly #finder: DueFinder;
  readonly #short: ShortFinder;
  readonly #entries: Entries;
  readonly #claims: ClaimDesk;
  readonly #place: ClaimPlace;
  #ranked: readonly Claim[] = [];
  #view: View;
  #policies!: Policies;

  constructor(compiled: CompiledBook, market: LiveMarket) {
    const { book } = compiled;
    this.#compiled = compiled;
    this.#book = book;
    this.market = market;
    this.#segments = new SegmentMarket(market);
    this.#oracles = new LiveOracles(book);
    this.#amounts = new RunAmounts(book, compiled.records);
    this.#prices = new TermPrices(compiled.terms);
    this.lending = new LendingChoice(compiled, market, {
      records: this.#amounts.records,
      usd: this.#prices.usd,
      rules: lendingRules(book),
      segments: this.#segments,
    });
    this.#tally = new Tally(book);
    this.#finder = new DueFinder(compiled, this.#amounts.records, this.#prices.usd);
    this.#short = new ShortFinder(compiled);
    this.#entries = new Entries(book);
    this.#place = {
      market,
      segments: this.#segments,
      amounts: this.#amounts,
      finder: this.#finder,
      tally: this.#tally,
      log: undefined,
    };
    this.#claims = new ClaimDesk(compiled, this.#place);
    this.#view = this.#viewAt(1);
  }

  /** @param log what is decided is noted there. */
  run(shock: Shocked, policies: Policies, maxRounds: number | undefined, log?: CallLog): FastRun {
    this.#policies = policies;
    this.#place.log = log;
    this.#finder.begin();
    this.#amounts.begin();
    this.#tally.begin();
    this.market.begin(shock.places, shock.moved);
    this.#segments.begin();
    this.#oracles.begin(shock.prices, shock.feeds);
    const isWithin = policies.oracles === 'within';
    const most = maxRounds ?? (isWithin ? MAX_ROUNDS_WITHIN : MAX_ROUNDS);
    let converged = false;
    for (let round = 0; !converged && round < most; round++) {
      this.#look(shock.volatilityFactor);
      this.#finder.find(this.#view);
      if (!this.#playRound(shock.volatilityFactor)) converged = true;
      else this.#follow();
    }
    // Nobody acted in the last round, so that whom it found is still due; after a round that did they have to be looked for.
    if (!converged) {
      this.#look(shock.volatilityFactor);
      this.#finder.find(this.#view);
    }
    const { lending, others } = this.#finder;
    const due = [...this.#accountsOf(lending), ...others];
    for (const account of due) this.#amounts.show(account);
    return { tally: this.#tally, converged, due, view: this.#view, market: this.market };
  }

  /** The word where the record of an account begins; `NO_RECORD` = it is of a venue where debt is not repaid and collateral seized. */
  recordOf(account: number): number {
    return this.#compiled.records.ofAccount[account]!;
  }

  #accountsOf({ found, count }: LendingDue): AccountRow[] {
    const { halves } = this.#compiled.records;
    return Array.from(found.subarray(0, count), (word) => halves[2 * word + ACCOUNT]! as AccountRow);
  }

  /** See `ShortFinder`; what these have stands in the column by leg from then on. */
  mayFallShort(also: Iterable<AccountRow>): AccountRow[] {
    const { volatilityFactor } = this.#view;
    const { lending } = this.#finder;
    const at = { market: this.market, amounts: this.#amounts, lending, volatilityFactor };
    const found = this.#short.find(also, at);
    for (const account of found) this.#amounts.show(account);
    return found;
  }

  #viewAt(volatilityFactor: number): View {
    const { amount, isTouched, fundAmount } = this.#amounts;
    const state = { amount, isTouched, volatilityFactor, prices: this.#oracles.prices };
    return { ...bookValues(this.#book, state), fundAmount };
  }

  /** A view at the present prices: exact answers that an earlier one worked out do not hold any more. */
  #look(volatilityFactor: number): void {
    this.#view = this.#viewAt(volatilityFactor);
    this.#prices.look(this.#view.oraclePriceUsd);
    this.lending.look();
  }

  #follow(): void {
    this.#segments.settle();
    this.market.catchUp();
    this.#oracles.follow(this.market);
  }

  /** Whether anybody acted. */
  #playRound(volatilityFactor: number): boolean {
    const { liquidators, oracles } = this.#policies;
    const isInNumbers = oracles === 'between' && liquidators.kind !== 'capital';
    this.#claims.begin(this.#policies);
    const { others, lending } = this.#finder;
    const lenders = isInNumbers ? [] : this.#accountsOf(lending).sort((a, b) => a - b);
    const claims = this.#claims.claims(this.#view, [...others, ...lenders]);
    const callsBefore = this.#tally.calls;
    this.#tally.accountsPerRound.push(0);
    this.#place.log?.begin();
    for (const phase of [0, 1] as const) {
      this.#rank(
        claims.filter((claim) => claim.phase === phase),
        phase === 0 && isInNumbers,
      );
      this.#actInOrder(volatilityFactor);
    }
    if (this.#tally.calls > callsBefore) return true;
    this.#tally.accountsPerRound.pop();
    return false;
  }

  /** Puts claims, and with `hasLending` the accounts that are dealt with in numbers, in the order of `inOrder`. */
  #rank(claims: readonly Claim[], hasLending: boolean): void {
    const entries = this.#entries;
    entries.clear();
    this.#ranked = claims;
    for (const [i, claim] of claims.entries()) {
      const pay = this.#claims.choose(claim, this.#view)?.profitUsd ?? -Infinity;
      entries.add(claim.accounts[0]!, i, pay, claim.healthFactor);
    }
    if (hasLending) this.#rankLending();
    entries.sort();
  }

  #rankLending(): void {
    const { found, health, debtUsd, count } = this.#finder.lending;
    const { liquidators } = this.#policies;
    const { lending } = this;
    const { halves } = this.#amounts.records;
    if (liquidators.kind === 'capital') return;
    for (let i = 0; i < count; i++) {
      const word = found[i]!;
      const isOpen = lending.open(word);
      if (lending.isBare) this.#finder.lending.spend(i);
      // Of what its venue accepts no call on nothing can come in this round.
      if (!isOpen) continue;
      lending.offers.about(word, health[i]!, debtUsd[i]!);
      const pay = lending.choose(liquidators, true) ? lending.taken[PROFIT_USD]! : -Infinity;
      const of = { word, offerAt: lending.offers.at, debtUsd: debtUsd[i]! };
      this.#entries.addLending(halves[2 * word + ACCOUNT]!, of, pay, health[i]!);
    }
  }

  #actInOrder(volatilityFactor: number): void {
    const entries = this.#entries;
    const isWithin = this.#policies.oracles === 'within';
    for (let i = 0; i < entries.count; i++) {
      const entry = entries.order[i]!;
      const row = entries.claim[entry]!;
      if (row === -1) {
        this.#actOnLending(entry);
        continue;
      }
      const claim = this.#ranked[row]!;
      const isOff = isWithin && !claim.accounts.some((account) => isDue(this.#view, account));
      if (isOff || !this.#claims.act(claim, this.#view) || !isWithin) continue;
      this.#follow();
      this.#look(volatilityFactor);
    }
  }

  /** Makes the call on an account that is dealt with in numbers that pays best now, if one does: markets, amounts and sums follow. */
  #actOnLending(entry: number): void {
    const { liquidators } = this.#policies;
    const { lending } = this;
    const { word: words, offerAt, health, debtUsd } = this.#entries;
    if (liquidators.kind === 'capital') return;
    const amounts = this.#amounts;
    const word = words[entry]!;
    if (offerAt[entry] !== SCRATCH) {
      if (!lending.chooseKept(offerAt[entry]!, liquidators)) return;
    } else {
      lending.open(word);
      lending.offers.about(word, health[entry]!, debtUsd[entry]!);
      if (!lending.choose(liquidators, false)) return;
    }
    lending.trade();
    const tally = this.#tally;
    const { offers } = lending;
    const size = lending.taken[SIZE]!;
    const { numbers, rows, at } = offers;
    if (this.#place.log) this.#note(this.#place.log, word);
    carryOut(this.#compiled, amounts, { word, offers, size, lost: tally.lost });
    tally.assetSeized[rows[at + SOLD]!]! += numbers[at + SEIZED]! * size;
    // It is due, so that it is looked at again in any case.
    const isFirst = amounts.records.touch(word);
    const venue = amounts.records.halves[2 * word + RULE]! / RULE_WIDTH;
    tally.countOnce(venue, { isFirst }, numbers[at + REPAID_USD]! * size, numbers[at + SEIZED_USD]! * size);
    tally.calls += 1;
  }

  /** Notes the call that was chosen last, in rows of the book. */
  #note(log: CallLog, word: number): void {
    const { offers, taken } = this.lending;
    const { rows, at } = offers;
    const { halves } = this.#amounts.records;
    const legOf = (place: number) => halves[2 * rows[at + place]! + COLUMN]!;
    const legs = { debtLeg: legOf(DEBT_LEG), collateralLeg: legOf(COLLATERAL_LEG) };
    log.noteLoan(halves[2 * word + ACCOUNT]!, legs, { size: taken[SIZE]!, profitUsd: taken[PROFIT_USD]! });
  }
}
