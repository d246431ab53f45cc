import { bookValues, isDue, type AccountRow, type Book, type VenueRow } from '@undertow/book';
import { applyLiquidations } from '../../apply-liquidations.ts';
import type { Claim } from '../../kernel.ts';
import { kernelOf } from '../../kernels.ts';
import type { Quote } from '../../policies/choose-call.ts';
import { openLiquidators, type Liquidators } from '../../policies/liquidators.ts';
import type { Shocked } from '../../resolve-moves.ts';
import { MAX_ROUNDS, MAX_ROUNDS_WITHIN } from '../../run.ts';
import type { Policies } from '../../scenario.ts';
import type { View } from '../../state.ts';
import { chosenCall } from '../../step.ts';
import type { CompiledBook } from './compiled-book.ts';
import { DueFinder } from './due-finder.ts';
import { Entries } from './entries.ts';
import { LendingDesk } from './lending-desk.ts';
import type { LiveMarket } from './live-market.ts';
import { LiveOracles } from './live-oracles.ts';
import { emptyTally, type FastRun, type Tally } from './tally.ts';

/**
 * Repeats rounds until nobody acts, as `runOf` does, over columns that are changed in place. Accounts of lending venues whose
 * liquidators are rational or unlimited, while oracles follow between rounds, are dealt with in numbers alone (`LendingDesk`); all
 * others by the same kernels and policies as in the clear engine.
 */
export class Runner {
  readonly desk: LendingDesk;
  readonly market: LiveMarket;
  readonly #compiled: CompiledBook;
  readonly #book: Book;
  readonly #oracles: LiveOracles;
  readonly #amount: Float64Array;
  readonly #isTouched: Uint8Array;
  readonly #fundAmount: Float64Array;
  readonly #finder: DueFinder;
  readonly #found: Int32Array;
  readonly #marketUsd: Float64Array;
  /** Accounts whose amounts are no longer the book's, and what to put back. */
  readonly #touched: number[] = [];
  readonly #changedLegs: number[] = [];
  /** By account: the run and round in which it was last liquidated. */
  readonly #lastRun: Uint32Array;
  readonly #lastRound: Uint32Array;
  readonly #entries: Entries;
  #ranked: readonly Claim[] = [];
  #run = 0;
  #round = 0;
  #view: View;
  #policies!: Policies;
  #liquidators!: Liquidators;
  #tally!: Tally;

  constructor(compiled: CompiledBook, market: LiveMarket) {
    const { book } = compiled;
    const { count } = book.accounts;
    this.#compiled = compiled;
    this.#book = book;
    this.market = market;
    this.desk = new LendingDesk(compiled, market);
    this.#oracles = new LiveOracles(book);
    this.#amount = book.legs.amount.slice();
    this.#isTouched = new Uint8Array(count);
    this.#fundAmount = Float64Array.from(book.funds, ({ amount }) => amount);
    this.#finder = new DueFinder(compiled);
    this.#found = new Int32Array(compiled.short.most);
    this.#marketUsd = new Float64Array(compiled.marketRows.count);
    this.#lastRun = new Uint32Array(count);
    this.#lastRound = new Uint32Array(count);
    this.#entries = new Entries(book);
    this.#view = this.#viewAt(1);
  }

  run(shock: Shocked, policies: Policies, maxRounds: number | undefined): FastRun {
    this.#putBack();
    this.#run += 1;
    this.#policies = policies;
    this.#tally = emptyTally(this.#book);
    this.market.begin(shock.places, shock.moved);
    this.#oracles.begin(shock.prices, shock.feeds);
    const isWithin = policies.oracles === 'within';
    const most = maxRounds ?? (isWithin ? MAX_ROUNDS_WITHIN : MAX_ROUNDS);
    this.#finder.begin();
    let converged = false;
    this.#round = 0;
    while (!converged && this.#round < most) {
      this.#look(shock.volatilityFactor);
      this.#finder.find(this.#view, this.#touched);
      this.#round += 1;
      if (!this.#playRound(shock.volatilityFactor)) converged = true;
      else this.#follow();
    }
    // Nobody acted in the last round, so that whom it found is still due; after a round that did they have to be looked for.
    if (!converged) {
      this.#look(shock.volatilityFactor);
      this.#finder.find(this.#view, this.#touched);
    }
    const { lending, lendingCount, others } = this.#finder.found;
    const due = [...lending.subarray(0, lendingCount), ...others] as AccountRow[];
    return { ...this.#tally, converged, due, view: this.#view, market: this.market };
  }

  /** Whether an account is of a venue where debt is repaid and collateral seized. */
  readonly isLending = (account: number): boolean => this.#compiled.isLending[account] === 1;

  /** Accounts among which all are that may owe more than they have at the present market prices, in the book's order. */
  mayFallShort(also: Iterable<AccountRow>): AccountRow[] {
    const { short, marketRows } = this.#compiled;
    const { volatilityFactor } = this.#view;
    const prices = marketRows.fill(this.market.marketUsd, volatilityFactor, this.#marketUsd);
    const count = short.candidates(prices, this.#found);
    const found = new Set<AccountRow>(also);
    for (let i = 0; i < count; i++) found.add(this.#found[i]! as AccountRow);
    for (const account of this.#touched) found.add(account as AccountRow);
    return [...found].sort((a, b) => a - b);
  }

  #viewAt(volatilityFactor: number): View {
    const state = {
      amount: this.#amount,
      isTouched: this.#isTouched,
      volatilityFactor,
      prices: this.#oracles.prices,
    };
    return { ...bookValues(this.#book, state), fundAmount: this.#fundAmount };
  }

  /** A view at the present prices: exact answers that an earlier one worked out do not hold any more. */
  #look(volatilityFactor: number): void {
    this.#view = this.#viewAt(volatilityFactor);
    this.desk.look(this.#view);
  }

  #follow(): void {
    this.market.catchUp();
    this.#oracles.follow(this.market);
  }

  /** The book's own amounts again. */
  #putBack(): void {
    const { amount } = this.#book.legs;
    for (const leg of this.#changedLegs) this.#amount[leg] = amount[leg]!;
    for (const account of this.#touched) this.#isTouched[account] = 0;
    for (const [row, fund] of this.#book.funds.entries()) this.#fundAmount[row] = fund.amount;
    this.#changedLegs.length = 0;
    this.#touched.length = 0;
  }

  #touch(account: number): void {
    this.#finder.forget(account);
    if (this.#isTouched[account] === 1) return;
    this.#isTouched[account] = 1;
    this.#touched.push(account);
    const { legStart } = this.#book.accounts;
    for (let leg = legStart[account]!; leg < legStart[account + 1]!; leg++) this.#changedLegs.push(leg);
  }

  /** Whether anybody acted. */
  #playRound(volatilityFactor: number): boolean {
    const { liquidators, oracles } = this.#policies;
    const isInNumbers = oracles === 'between' && liquidators.kind !== 'capital';
    this.#liquidators = openLiquidators(liquidators);
    const claims = this.#claims(isInNumbers);
    const callsBefore = this.#tally.calls;
    this.#tally.accountsPerRound.push(0);
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

  /** Claims on accounts that are not dealt with in numbers, venue by venue. */
  #claims(isInNumbers: boolean): Claim[] {
    const { others, lending, lendingCount } = this.#finder.found;
    const { venue } = this.#book.accounts;
    const byVenue = new Map<VenueRow, AccountRow[]>();
    const add = (account: AccountRow) => {
      const row = venue[account] as VenueRow;
      const known = byVenue.get(row);
      if (known) known.push(account);
      else byVenue.set(row, [account]);
    };
    for (const account of others) add(account);
    if (!isInNumbers) for (let i = 0; i < lendingCount; i++) add(lending[i] as AccountRow);
    return [...byVenue].flatMap(([row, accounts]) => {
      const { rule } = this.#book.venues[row]!;
      return rule ? kernelOf(rule).claims(this.#view, accounts) : [];
    });
  }

  /** Puts claims, and with `hasLending` the accounts that are dealt with in numbers, in the order of `inOrder`. */
  #rank(claims: readonly Claim[], hasLending: boolean): void {
    const entries = this.#entries;
    entries.clear();
    this.#ranked = claims;
    for (const [i, claim] of claims.entries()) {
      const pay = this.#choose(claim)?.profitUsd ?? -Infinity;
      entries.add(claim.accounts[0]!, i, pay, claim.healthFactor);
    }
    if (hasLending) this.#rankLending();
    entries.sort();
  }

  #rankLending(): void {
    const { lending, lendingCount } = this.#finder.found;
    const { liquidators } = this.#policies;
    if (liquidators.kind === 'capital') return;
    for (let i = 0; i < lendingCount; i++) {
      const account = lending[i]!;
      const isPaying = this.desk.choose(account, liquidators);
      if (this.desk.isBare) this.#finder.spend(account);
      // Of what its venue accepts no call on nothing can come in this round.
      if (this.desk.offers === 0) continue;
      this.#entries.add(account, -1, isPaying ? this.desk.profitUsd : -Infinity, this.desk.healthFactor);
    }
  }

  #actInOrder(volatilityFactor: number): void {
    const entries = this.#entries;
    const { liquidators, oracles } = this.#policies;
    const isWithin = oracles === 'within';
    for (let i = 0; i < entries.count; i++) {
      const entry = entries.order[i]!;
      const row = entries.claim[entry]!;
      if (row === -1) {
        if (liquidators.kind !== 'capital') this.#actOnLending(entries.account[entry]!);
        continue;
      }
      const claim = this.#ranked[row]!;
      const isOff = isWithin && !claim.accounts.some((account) => isDue(this.#view, account));
      if (isOff || !this.#actOnClaim(claim) || !isWithin) continue;
      this.#follow();
      this.#look(volatilityFactor);
    }
  }

  #actOnLending(account: number): void {
    const { liquidators } = this.#policies;
    if (liquidators.kind === 'capital' || !this.desk.choose(account, liquidators)) return;
    this.desk.act(account, this.#tally.lost);
    this.#touch(account);
    this.#tally.assetSeized[this.desk.seizedAsset]! += this.desk.seizedUnits;
    this.#count(account, this.desk);
    this.#tally.calls += 1;
  }

  #choose(claim: Claim): Quote | undefined {
    const by = { view: this.#view, liquidators: this.#liquidators, policies: this.#policies };
    return chosenCall(claim, this.market, by);
  }

  #actOnClaim(claim: Claim): boolean {
    const choice = this.#choose(claim);
    if (!choice) return false;
    const { legs } = this.#book;
    const liquidations = choice.offer.at(choice.size);
    const effects = liquidations.flatMap((one) => one.effects.map((effect) => ({ effect, by: one.account })));
    for (const { effect, by } of effects) {
      if (effect.kind === 'badDebt')
        this.#tally.lost.push({ ...effect, account: by, isLeft: effect.borneBy === 'nobody' });
      if (effect.kind !== 'leg') continue;
      this.#touch(this.#compiled.accountOfLeg[effect.leg]!);
      const isTaken = effect.delta < 0 && legs.side[effect.leg] === 1;
      if (isTaken && this.#compiled.accountOfLeg[effect.leg] === by)
        this.#tally.assetSeized[legs.asset[effect.leg]!]! -= effect.delta;
    }
    for (const one of liquidations) {
      this.#touch(one.account);
      this.#count(one.account, one);
    }
    const state = { amount: this.#amount, isTouched: this.#isTouched, fundAmount: this.#fundAmount };
    applyLiquidations(this.#book, state, liquidations);
    this.#liquidators.spend(choice);
    this.market.quote(choice.offer, choice.size);
    this.market.commit();
    this.#tally.calls += 1;
    return true;
  }

  #count(account: number, of: { readonly repaidUsd: number; readonly seizedUsd: number }): void {
    const tally = this.#tally;
    tally.liquidatedUsd += of.seizedUsd;
    tally.repaidUsd += of.repaidUsd;
    tally.venueLiquidatedUsd[this.#book.accounts.venue[account]!]! += of.seizedUsd;
    if (this.#round === 1) tally.firstRoundUsd += of.seizedUsd;
    const isFirst = this.#lastRun[account] !== this.#run;
    if (isFirst) tally.accounts += 1;
    if (isFirst || this.#lastRound[account] !== this.#round) tally.accountsPerRound[this.#round - 1]! += 1;
    this.#lastRun[account] = this.#run;
    this.#lastRound[account] = this.#round;
  }
}
