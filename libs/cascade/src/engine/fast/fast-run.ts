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
import { LendingDesk } from './lending-desk.ts';
import {
  COLLATERAL_LEG,
  DEBT_LEG,
  OFFER_WIDTH,
  REPAID_USD,
  SEIZED,
  SEIZED_USD,
  SOLD,
} from './lending-offers.ts';
import type { LiveMarket } from './live-market.ts';
import { LiveOracles } from './live-oracles.ts';
import { RunAmounts } from './run-amounts.ts';
import { SegmentMarket } from './segment-market.ts';
import { ShortFinder } from './short-finder.ts';
import { Tally, type FastRun } from './tally.ts';

/**
 * Repeats rounds until nobody acts, as `runOf` does, over columns that are changed in place. Accounts of lending venues whose
 * liquidators are rational or unlimited, while oracles follow between rounds, are dealt with in numbers alone (`LendingDesk`); all
 * others by the same kernels and policies as in the clear engine.
 */
export class Runner {
  readonly desk: LendingDesk;
  readonly market: LiveMarket;
  readonly #segments: SegmentMarket;
  readonly #compiled: CompiledBook;
  readonly #book: Book;
  readonly #oracles: LiveOracles;
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
    this.desk = new LendingDesk(compiled, market, this.#segments);
    this.#oracles = new LiveOracles(book);
    this.#amounts = new RunAmounts(book);
    this.#tally = new Tally(book);
    this.#finder = new DueFinder(compiled);
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
    this.#amounts.begin();
    this.#tally.begin();
    this.market.begin(shock.places, shock.moved);
    this.#segments.begin();
    this.#oracles.begin(shock.prices, shock.feeds);
    const isWithin = policies.oracles === 'within';
    const most = maxRounds ?? (isWithin ? MAX_ROUNDS_WITHIN : MAX_ROUNDS);
    this.#finder.begin();
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
    const { lending, lendingCount, others } = this.#finder.found;
    const due = [...lending.subarray(0, lendingCount), ...others] as AccountRow[];
    return { tally: this.#tally, converged, due, view: this.#view, market: this.market };
  }

  /** Whether an account is of a venue where debt is repaid and collateral seized. */
  readonly isLending = (account: number): boolean => this.#compiled.isLending[account] === 1;

  /** See `ShortFinder`. */
  mayFallShort(also: Iterable<AccountRow>): AccountRow[] {
    const { volatilityFactor } = this.#view;
    return this.#short.find(also, { market: this.market, amounts: this.#amounts, volatilityFactor });
  }

  #viewAt(volatilityFactor: number): View {
    const { amount, isTouched, fundAmount } = this.#amounts;
    const state = { amount, isTouched, volatilityFactor, prices: this.#oracles.prices };
    return { ...bookValues(this.#book, state), fundAmount };
  }

  /** A view at the present prices: exact answers that an earlier one worked out do not hold any more. */
  #look(volatilityFactor: number): void {
    this.#view = this.#viewAt(volatilityFactor);
    this.desk.offers.look(this.#view);
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
    const { others, lending, lendingCount } = this.#finder.found;
    const lenders = isInNumbers ? [] : ([...lending.subarray(0, lendingCount)] as AccountRow[]);
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
    const { lending, lendingCount, health, debtUsd } = this.#finder.found;
    const { liquidators } = this.#policies;
    const { offers } = this.desk;
    if (liquidators.kind === 'capital') return;
    for (let i = 0; i < lendingCount; i++) {
      const account = lending[i]!;
      const from = offers.count;
      const count = offers.add(account, health[i]!, debtUsd[i]!);
      if (offers.isBare) this.#finder.spend(account);
      // Of what its venue accepts no call on nothing can come in this round.
      if (count === 0) continue;
      const isPaying = this.desk.choose(from, from + count, liquidators) !== -1;
      this.#entries.addOffers(
        account,
        { from, count },
        isPaying ? this.desk.profitUsd : -Infinity,
        health[i]!,
      );
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

  /** Makes the call on an account that is dealt with in numbers that pays best now, if one does. */
  #actOnLending(entry: number): void {
    const { liquidators } = this.#policies;
    const { account, offer, offers } = this.#entries;
    if (liquidators.kind === 'capital') return;
    const from = offer[entry]!;
    const chosen = this.desk.choose(from, from + offers[entry]!, liquidators);
    if (chosen !== -1) this.#carryOut(account[entry]!, chosen, this.desk.size);
  }

  /** Carries a call out, of a size, on an account that is dealt with in numbers: what markets, amounts and sums are after it. */
  #carryOut(account: number, offer: number, size: number): void {
    const tally = this.#tally;
    const { numbers, rows } = this.desk.offers;
    const at = OFFER_WIDTH * offer;
    const legs = { debtLeg: rows[at + DEBT_LEG]!, collateralLeg: rows[at + COLLATERAL_LEG]! };
    this.#place.log?.noteLoan(account, legs, { size, profitUsd: this.desk.profitUsd });
    this.desk.trade(offer, size);
    carryOut(this.#compiled, this.#view, {
      account,
      offer,
      size,
      offers: this.desk.offers,
      lost: tally.lost,
    });
    // It is due, so that it is looked at again in any case.
    this.#amounts.touch(account);
    tally.assetSeized[rows[at + SOLD]!]! += numbers[at + SEIZED]! * size;
    this.#tally.count(account, numbers[at + REPAID_USD]! * size, numbers[at + SEIZED_USD]! * size);
    tally.calls += 1;
  }
}
