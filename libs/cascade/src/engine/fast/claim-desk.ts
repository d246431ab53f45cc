import type { AccountRow, VenueRow } from '@undertow/book';
import type { Claim, Liquidation, Offer, Refusal } from '../../kernel.ts';
import { kernelOf } from '../../kernels.ts';
import type { Quote } from '../../policies/choose-call.ts';
import { openLiquidators, type Liquidators } from '../../policies/liquidators.ts';
import type { Policies } from '../../scenario.ts';
import type { View } from '../../state.ts';
import { chosenCall } from '../../step.ts';
import type { CallLog } from './call-log.ts';
import type { CompiledBook } from './compiled-book.ts';
import type { DueFinder } from './due-finder.ts';
import type { LiveMarket } from './live-market.ts';
import type { RunAmounts } from './run-amounts.ts';
import type { SegmentMarket } from './segment-market.ts';
import type { Tally } from './tally.ts';

/** What a claim is dealt with by. */
export interface ClaimPlace {
  readonly market: LiveMarket;
  readonly segments: SegmentMarket;
  readonly amounts: RunAmounts;
  readonly finder: DueFinder;
  readonly tally: Tally;
  /** What is decided is noted there; undefined = nowhere. */
  log: CallLog | undefined;
}

/** Claims that are not dealt with in numbers: played by the same kernels and policies as in the clear engine. */
export class ClaimDesk {
  readonly #compiled: CompiledBook;
  readonly #at: ClaimPlace;
  /** By venue, how many calls were made there: as long as it is the same, a claim's offers are. */
  readonly #callsAt: Uint32Array;
  #policies!: Policies;
  #liquidators!: Liquidators;

  constructor(compiled: CompiledBook, at: ClaimPlace) {
    this.#compiled = compiled;
    this.#at = at;
    this.#callsAt = new Uint32Array(compiled.book.venues.length);
  }

  /** Before a round. */
  begin(policies: Policies): void {
    this.#policies = policies;
    this.#liquidators = openLiquidators(policies.liquidators);
  }

  /** Claims on accounts, venue by venue. */
  claims(view: View, accounts: readonly AccountRow[]): Claim[] {
    const { venue } = this.#compiled.book.accounts;
    const byVenue = new Map<VenueRow, AccountRow[]>();
    for (const account of accounts) {
      const row = venue[account] as VenueRow;
      const known = byVenue.get(row);
      if (known) known.push(account);
      else byVenue.set(row, [account]);
    }
    return [...byVenue].flatMap(([row, due]) => {
      const { rule } = this.#compiled.book.venues[row]!;
      return rule
        ? kernelOf(rule)
            .claims(view, due)
            .map((claim) => this.#remembering(claim, row))
        : [];
    });
  }

  /** A claim that works out its offers again only when amounts of its venue or prices have changed. */
  #remembering(claim: Claim, venue: VenueRow): Claim {
    let known: readonly Offer[] | Refusal = [];
    let knownView: View | undefined;
    let knownCalls = 0;
    return {
      ...claim,
      offers: (view) => {
        const calls = this.#callsAt[venue]!;
        if (view === knownView && calls === knownCalls) return known;
        knownView = view;
        knownCalls = calls;
        known = claim.offers(view);
        return known;
      },
    };
  }

  /** The call that would be made of a claim now. */
  choose(claim: Claim, view: View): Quote | undefined {
    this.#at.segments.settle();
    return chosenCall(claim, this.#at.market, {
      view,
      liquidators: this.#liquidators,
      policies: this.#policies,
    });
  }

  /** Makes the call of a claim that pays best now; false when none does. */
  act(claim: Claim, view: View): boolean {
    const choice = this.choose(claim, view);
    if (!choice) return false;
    const { book } = this.#compiled;
    const { market, segments, tally } = this.#at;
    const liquidations = choice.offer.at(choice.size);
    for (const one of liquidations) this.#apply(one);
    const venue = book.accounts.venue[claim.accounts[0]!] as VenueRow;
    this.#callsAt[venue]! += 1;
    this.#at.log?.note({ ...choice, kind: 'claim', venue, liquidations });
    this.#liquidators.spend(choice);
    market.quote(choice.offer, choice.size);
    market.commit();
    segments.forget();
    tally.calls += 1;
    return true;
  }

  /** As `applyLiquidations`, and notes whose amounts have changed and what was taken. */
  #apply({ account, repaidUsd, seizedUsd, effects }: Liquidation): void {
    const { accountOfLeg, book } = this.#compiled;
    const { legs } = book;
    const { tally, amounts } = this.#at;
    this.#touch(account);
    let touched = account as number;
    for (const effect of effects) {
      if (effect.kind === 'leg') {
        const { leg, delta } = effect;
        const owner = accountOfLeg[leg]!;
        if (owner !== touched) this.#touch(owner);
        touched = owner;
        amounts.amount[leg] = Math.max(0, amounts.amount[leg]! + delta);
        if (delta < 0 && legs.side[leg] === 1 && owner === account)
          tally.assetSeized[legs.asset[leg]!]! -= delta;
      } else if (effect.kind === 'fund') amounts.fundAmount[effect.fund]! += effect.amount;
      else if (effect.kind === 'badDebt')
        tally.lost.push({
          account,
          asset: effect.asset,
          amount: effect.amount,
          isLeft: effect.borneBy === 'nobody',
        });
    }
    tally.count(account, repaidUsd, seizedUsd);
  }

  #touch(account: number): void {
    this.#at.finder.forget(account);
    this.#at.amounts.touch(account);
  }
}
