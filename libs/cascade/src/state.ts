import {
  bookValues,
  type AssetRow,
  type Book,
  type BookValues,
  type PriceState,
  type VenueRow,
} from '@undertow/book';
import type { Places } from './market/market.ts';

/**
 * Collateral that somebody has taken and not sold: held by a liquidator or by depositors because no market took it or because
 * they keep it, kept by a protocol as its fee, or up for auction. Units of the asset.
 */
export interface Lot {
  readonly venue: VenueRow;
  readonly asset: AssetRow;
  readonly holder: 'liquidator' | 'depositors' | 'protocol' | 'auction';
  readonly amount: number;
}

/** All that changes during a run. A step makes a new one. */
export interface State {
  /** Amount of every leg, asset units. */
  readonly amount: Float64Array;
  /** By account row: 1 = its amounts are no longer the book's own. */
  readonly isTouched: Uint8Array;
  /** What each fund holds, asset units; negative when it owes. */
  readonly fundAmount: Float64Array;
  readonly lots: readonly Lot[];
  readonly places: Places;
  /** By node of the price tree: 1 = its market is no longer where it was in the book. */
  readonly moved: Uint8Array;
  readonly prices: PriceState;
  readonly volatilityFactor: number;
  /** Since the run began; a run without a clock stays at 0. */
  readonly seconds: number;
}

/** What a rule may read: the book at a state's amounts and oracle prices, and its funds. */
export interface View extends BookValues {
  readonly fundAmount: Float64Array;
}

export function viewOf(book: Book, state: Omit<State, 'lots' | 'places' | 'moved' | 'seconds'>): View {
  const { amount, isTouched, volatilityFactor, prices, fundAmount } = state;
  return { ...bookValues(book, { amount, isTouched, volatilityFactor, prices }), fundAmount };
}
