import { ascending, quantileSorted } from 'd3-array';
import type { PriceSeries } from './price-series.ts';
import { DEFAULT_SOURCE_LIMITS } from './source-faults.ts';

/** How the price of a source moved over a time, summed up: as much as spikes are told by. */
export interface Moves {
  /** How many prices there are. */
  readonly prices: number;
  /** The 90 % quantile of |moves| from one price to the next, as a ratio; 0 of one price alone. */
  readonly usual: number;
  /**
   * The greatest distance of a price from the nearer of its two neighbours, where these are less than half as far from each other: what moved
   * and came back. 0 without one.
   */
  readonly returned: number;
}

/** How a series moved. */
export function movesOf({ prices }: Pick<PriceSeries, 'prices'>): Moves {
  const moves = Array.from(prices.subarray(1), (price, row) => Math.abs(price / prices[row]! - 1));
  let returned = 0;
  for (let row = 1; row < prices.length - 1; row += 1) {
    const [before, price, next] = [prices[row - 1]!, prices[row]!, prices[row + 1]!];
    const away = Math.min(Math.abs(price / before - 1), Math.abs(price / next - 1));
    if (Math.abs(next / before - 1) < away / 2) returned = Math.max(returned, away);
  }
  return { prices: prices.length, usual: quantileSorted(moves.sort(ascending), 0.9) ?? 0, returned };
}

/** With fewer prices nobody knows which move is usual. */
const FEWEST_PRICES = 10;

/** The greatest move for one price that came back, see `sourceFaults`; 0 without one, undefined where too little is known. */
export function spikeIn({ prices, usual, returned }: Moves): number | undefined {
  if (prices < FEWEST_PRICES) return undefined;
  const { jump, jumpTimesUsual } = DEFAULT_SOURCE_LIMITS;
  return returned >= Math.max(jump, jumpTimesUsual * usual) ? returned : 0;
}
