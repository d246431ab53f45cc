import { isDue } from '@undertow/book';
import { applyLiquidations } from './apply-liquidations.ts';
import { inOrder } from './claim-order.ts';
import { claimsOf } from './due.ts';
import type { Claim, Effect, Flow, Liquidation, Offer, Refusal } from './kernel.ts';
import { followMarkets, spreadMoved } from './market/follow.ts';
import { caughtUp } from './market/market.ts';
import { placesAfter, type Trade } from './market/trade.ts';
import type { Desk, Quote } from './policies/choose-call.ts';
import { openDesk, type Choice } from './policies/open-desk.ts';
import { openLiquidators, type Liquidators } from './policies/liquidators.ts';
import { WITHIN_MOVE, type Policies } from './scenario.ts';
import { viewOf, type Lot, type State, type View } from './state.ts';
import type { World } from './world.ts';

/** One call that was made, and what it did. */
export interface Call {
  /** Venue row. */
  readonly venue: number;
  readonly liquidations: readonly Liquidation[];
  /** What was handed to the market and taken from it, by liquidators and those who sell with them. */
  readonly flows: readonly Flow[];
  readonly trade: Trade;
  /** By node of the price tree, where the market stood before the call. */
  readonly marketBeforeUsd: Float64Array;
  /** What the liquidator earns, before gas. */
  readonly profitUsd: number;
  /** What depositors of a stability pool got for what they sold with it. */
  readonly othersUsd: number;
}

/** One pass: who is due at the oracle prices, what liquidators do about it, and where prices are then. */
export interface Step {
  readonly before: State;
  readonly after: State;
  readonly calls: readonly Call[];
}

/**
 * One round from a state under policies: everybody who is due at the present oracle prices is gone for in the order of pay, one
 * call each, where the market then stands; afterwards feeds and oracles follow. `state` is not changed. In a round without calls
 * nothing changes.
 */
export function step(world: World, state: State): Step {
  const round = openRound(world, state);
  const claims = claimsOf(round.view());
  const isWithin = world.policies.oracles === 'within';
  for (const phase of [0, 1] as const) {
    for (const claim of rank(
      round,
      claims.filter((one) => one.phase === phase),
    )) {
      const isOff = isWithin && !claim.accounts.some((account) => isDue(round.view(), account));
      if (!isOff && act(round, claim) && isWithin) round.follow();
    }
  }
  if (round.calls.length > 0) round.follow();
  return { before: state, after: round.state(), calls: round.calls };
}

/** A round under way: a state whose arrays are its own, and what was done. */
interface Round {
  readonly world: World;
  readonly liquidators: Liquidators;
  readonly calls: Call[];
  readonly state: () => State;
  readonly view: () => View;
  /** Notes a call that was made. */
  readonly note: (call: Call, lots: readonly Lot[]) => void;
  /** Lets feeds and oracles follow the markets. */
  readonly follow: () => void;
}

function openRound(world: World, start: State): Round {
  const { book, market, feeds, policies } = world;
  const calls: Call[] = [];
  const lots = [...start.lots];
  let state: State = {
    ...start,
    amount: start.amount.slice(),
    isTouched: start.isTouched.slice(),
    fundAmount: start.fundAmount.slice(),
    lots,
  };
  // Amounts, funds and lots change under it; it is made anew only when prices do.
  let view = viewOf(book, state);
  return {
    world,
    liquidators: openLiquidators(policies.liquidators),
    calls,
    state: () => state,
    view: () => view,
    note(call, taken) {
      calls.push(call);
      lots.push(...taken);
      const own = state.moved.slice();
      for (const { asset, ownMove } of call.trade.assets)
        if (ownMove !== 1) own[market.tree.movedBy[asset]!] = 1;
      const moved = spreadMoved(market.tree, own);
      state = { ...state, places: placesAfter(market, state.places, call.trade), moved };
    },
    follow() {
      const places = caughtUp(market, state.places);
      const at = { priceUsd: places.priceUsd, moved: state.moved, moves: feeds };
      state = { ...state, places, prices: followMarkets(book, market.tree, at) };
      view = viewOf(book, state);
    },
  };
}

/** Claims in the order in which they are gone for, by what each would pay if it were the first. */
function rank(round: Round, claims: readonly Claim[]): Claim[] {
  const quoted = claims.map((claim) => ({ claim, profitUsd: choose(round, claim)?.profitUsd }));
  return inOrder(round.world.book, quoted);
}

/** The call that would be made of a claim now. */
function choose({ world, liquidators, view, state }: Round, claim: Claim): Choice | undefined {
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
function act(round: Round, claim: Claim): boolean {
  const choice = choose(round, claim);
  if (!choice) return false;
  const { world, liquidators, state } = round;
  const { book } = world;
  const venue = book.accounts.venue[claim.accounts[0]!] as Lot['venue'];
  const liquidations = choice.offer.at(choice.size);
  const lots = applyLiquidations(book, state(), liquidations);
  liquidators.spend(choice);
  const call: Call = {
    venue,
    liquidations,
    flows: [...choice.offer.flows, ...choice.offer.soldByOthers].map(({ asset, amount }) => ({
      asset,
      amount: amount * choice.size,
    })),
    trade: choice.trade,
    marketBeforeUsd: state().places.priceUsd,
    profitUsd: choice.profitUsd,
    othersUsd: choice.othersUsd,
  };
  round.note(call, [...lots, ...unsoldLots(choice, venue)]);
  return true;
}

/** What no market took stays with those who wanted to sell it. */
function unsoldLots({ offer, trade }: Choice, venue: Lot['venue']): Lot[] {
  const lots: Lot[] = [];
  for (const { asset: row, unsold: amount } of trade.assets) {
    if (amount <= 0) continue;
    const asset = row as Lot['asset'];
    const isOwn = offer.flows.some((flow) => flow.amount > 0);
    lots.push({ venue, asset, holder: isOwn ? 'liquidator' : 'depositors', amount });
  }
  return lots;
}
