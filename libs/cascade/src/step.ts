import { isDue, type VenueRow } from '@undertow/book';
import { inOrder } from './claim-order.ts';
import { claimsOf } from './due.ts';
import type { Claim, Effect, Offer, Refusal } from './kernel.ts';
import { openRound, type OpenRound, type Round } from './open-round.ts';
import type { Desk, Quote } from './policies/choose-call.ts';
import { openDesk, type Choice } from './policies/open-desk.ts';
import { openLiquidators, type Liquidators } from './policies/liquidators.ts';
import { WITHIN_MOVE, type Policies } from './scenario.ts';
import type { State, View } from './state.ts';
import type { World } from './world.ts';

/** One pass: who is due at the oracle prices, what liquidators do about it, and where prices are then. */
export interface Step extends Round {
  readonly before: State;
  readonly after: State;
}

/**
 * One round from a state under policies: everybody who is due at the present oracle prices is gone for in the order of pay, one
 * call each, where the market then stands; afterwards feeds and oracles follow. `state` is not changed. In a round without calls
 * nothing changes.
 */
export function step(world: World, state: State): Step {
  const round = openRound(world, {
    ...state,
    amount: state.amount.slice(),
    isTouched: state.isTouched.slice(),
    fundAmount: state.fundAmount.slice(),
  });
  const liquidators = openLiquidators(world.policies.liquidators);
  const claims = claimsOf(round.view());
  const isWithin = world.policies.oracles === 'within';
  for (const phase of [0, 1] as const) {
    for (const claim of rank(
      round,
      liquidators,
      claims.filter((one) => one.phase === phase),
    )) {
      const isOff = isWithin && !claim.accounts.some((account) => isDue(round.view(), account));
      if (!isOff && act(round, liquidators, claim) && isWithin) round.follow();
    }
  }
  if (round.calls.length > 0) round.follow();
  return { before: state, after: round.state(), calls: round.calls };
}

/** Claims in the order in which they are gone for, by what each would pay if it were the first. */
function rank(round: OpenRound, liquidators: Liquidators, claims: readonly Claim[]): Claim[] {
  const quoted = claims.map((claim) => ({
    claim,
    profitUsd: choose(round, liquidators, claim)?.profitUsd,
  }));
  return inOrder(round.world.book, quoted);
}

/** The call that would be made of a claim now. */
function choose(
  { world, view, state }: OpenRound,
  liquidators: Liquidators,
  claim: Claim,
): Choice | undefined {
  const { market, policies } = world;
  const desk = openDesk({ market, places: state().places });
  return chosenCall(claim, desk, { view: view(), liquidators, policies });
}

/** The call that liquidators would make of a claim where the markets stand; undefined = none. */
export function chosenCall<Quoted extends Quote>(
  claim: Claim,
  desk: Desk<Quoted>,
  by: {
    readonly view: View;
    readonly liquidators: Liquidators;
    readonly policies: Policies;
  },
): Quoted | undefined {
  const offers = claim.offers(by.view);
  if (isRefusal(offers)) return undefined;
  const wanted = by.policies.depositors === 'hold' ? offers.map(heldByOthers) : offers;
  const mostMove = by.policies.oracles === 'within' ? WITHIN_MOVE : Infinity;
  return by.liquidators.choose(desk, wanted, mostMove);
}

/** Whether a venue refuses every call. */
export const isRefusal = (offers: readonly Offer[] | Refusal): offers is Refusal =>
  typeof offers === 'string';

/** The same offer, of which others keep what they would have sold. */
function heldByOthers(offer: Offer): Offer {
  const kept = offer.soldByOthers.map(({ asset, amount }): Effect => ({
    kind: 'lot',
    asset,
    holder: 'depositors',
    amount,
  }));
  return {
    ...offer,
    soldByOthers: [],
    at: (size) => {
      const [first, ...rest] = offer.at(size);
      return first ? [{ ...first, effects: [...first.effects, ...kept] }, ...rest] : [];
    },
  };
}

/** Makes the call of a claim that pays best now; false when none does. */
function act(round: OpenRound, liquidators: Liquidators, claim: Claim): boolean {
  const choice = choose(round, liquidators, claim);
  if (!choice) return false;
  const { accounts } = round.world.book;
  const liquidations = choice.offer.at(choice.size);
  liquidators.spend(choice);
  round.make({ ...choice, venue: accounts.venue[claim.accounts[0]!]! as VenueRow, liquidations });
  return true;
}
