import type { AssetRow, VenueRow } from '@undertow/book';
import { applyLiquidations } from './apply-liquidations.ts';
import type { Flow, Liquidation, Offer } from './kernel.ts';
import { followMarkets, spreadMoved } from './market/follow.ts';
import { caughtUp } from './market/market.ts';
import type { PriceTree } from './market/price-tree.ts';
import { placesAfter, type Trade } from './market/trade.ts';
import type { Quote } from './policies/choose-call.ts';
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

/** Where prices stand at a moment of a run. */
export type Moment = Omit<State, 'amount' | 'isTouched' | 'fundAmount' | 'lots'>;

/** What one pass did: its calls, and where prices stood before and after them. */
export interface Round {
  readonly before: Moment;
  readonly after: Moment;
  readonly calls: readonly Call[];
}

/** What rounds did to accounts, in order. Lists of all of it would take as long to make as it takes to go over it. */
export function* liquidationsOf(
  rounds: readonly { readonly calls: readonly Pick<Call, 'liquidations'>[] }[],
): Generator<Liquidation> {
  for (const { calls } of rounds) for (const { liquidations } of calls) yield* liquidations;
}

/** A call that somebody has decided to make. */
export interface Decided extends Pick<Quote, 'size' | 'profitUsd' | 'othersUsd'> {
  readonly venue: VenueRow;
  /** What is traded at size 1. */
  readonly offer: Pick<Offer, 'flows' | 'soldByOthers'>;
  /** Of all that, at its size. */
  readonly trade: Trade;
  readonly liquidations: readonly Liquidation[];
}

/** A round under way, and what was done in it. */
export interface OpenRound {
  readonly world: World;
  readonly calls: readonly Call[];
  readonly state: () => State;
  readonly view: () => View;
  readonly make: (decided: Decided) => void;
  /** Lets feeds and oracles follow the markets. */
  readonly follow: () => void;
}

/** @param start whose amounts are changed in place. */
export function openRound(world: World, start: State): OpenRound {
  const { book, market, feeds } = world;
  const calls: Call[] = [];
  const lots = [...start.lots];
  let state: State = { ...start, lots };
  // Amounts, funds and lots change under it; it is made anew only when prices do.
  let view = viewOf(book, state);
  return {
    world,
    calls,
    state: () => state,
    view: () => view,
    make(decided) {
      const { venue, liquidations, offer, size, trade, profitUsd, othersUsd } = decided;
      lots.push(...applyLiquidations(book, state, liquidations), ...unsoldLots(decided));
      const flows = [...offer.flows, ...offer.soldByOthers].map(({ asset, amount }) => ({
        asset,
        amount: amount * size,
      }));
      const marketBeforeUsd = state.places.priceUsd;
      calls.push({ venue, liquidations, flows, trade, marketBeforeUsd, profitUsd, othersUsd });
      const places = placesAfter(market, state.places, trade);
      state = { ...state, places, moved: movedAfter(market.tree, state.moved, trade) };
    },
    follow() {
      const places = caughtUp(market, state.places);
      const at = { priceUsd: places.priceUsd, moved: state.moved, moves: feeds };
      state = { ...state, places, prices: followMarkets(book, market.tree, at) };
      view = viewOf(book, state);
    },
  };
}

/** By node: 1 = its price is no longer the book's, see `State.moved`. */
function movedAfter(tree: PriceTree, moved: Uint8Array, { assets }: Trade): Uint8Array {
  const fresh = assets.filter(({ asset, ownMove }) => ownMove !== 1 && moved[tree.movedBy[asset]!] === 0);
  if (fresh.length === 0) return moved;
  const own = moved.slice();
  for (const { asset } of fresh) own[tree.movedBy[asset]!] = 1;
  return spreadMoved(tree, own);
}

/** What no market took stays with those who wanted to sell it. */
function unsoldLots({ offer, trade, venue }: Decided): Lot[] {
  const lots: Lot[] = [];
  for (const { asset: row, unsold: amount } of trade.assets) {
    if (amount <= 0) continue;
    const asset = row as AssetRow;
    const isOwn = offer.flows.some((flow) => flow.amount > 0);
    lots.push({ venue, asset, holder: isOwn ? 'liquidator' : 'depositors', amount });
  }
  return lots;
}
