import type { Incentive, Incentives } from './net-incentive.ts';

/** Between which sizes somebody acts: outside lies the dead zone. Sizes are repaid values, USD. */
export interface DeadZone {
  /** Below it gas eats the bonus: an account that owes less is liquidated by nobody. */
  readonly leastUsd: number;
  /** Above it slippage eats the bonus: a call is made smaller, and the rest waits for depth. */
  readonly mostUsd: number;
  /** Where a call pays best, and how much. */
  readonly bestUsd: number;
  readonly bestNetUsd: number;
}

/** Sizes are looked for up to this, USD: more than is owed anywhere. */
const LARGEST_USD = 1e12;
const STEPS = 200;

/**
 * The sizes at which a liquidator profits; undefined where no size pays: nobody acts at all. What a call brings grows ever more
 * slowly with its size, and gas is the same for all, so that the sizes that pay are one range; its ends are found to one part in a
 * million. Where a known market ends, what cannot be sold brings nothing, and the range ends there.
 */
export function deadZone(incentives: Incentives, incentive: Incentive): DeadZone | undefined {
  const net = (log: number) => incentives(incentive, Math.exp(log)).netUsd;
  const [low, high] = [Math.log(1e-2), Math.log(LARGEST_USD)];
  const best = highest(net, low, high);
  const bestNetUsd = net(best);
  if (!(bestNetUsd > 0)) return undefined;
  return {
    leastUsd: Math.exp(crossing(net, best, low)),
    mostUsd: Math.exp(crossing(net, best, high)),
    bestUsd: Math.exp(best),
    bestNetUsd,
  };
}

/** Where a function with one rise and one fall is highest, by thirds. */
function highest(of: (x: number) => number, low: number, high: number): number {
  for (let step = 0; step < STEPS && high - low > 1e-9; step++) {
    const [left, right] = [low + (high - low) / 3, high - (high - low) / 3];
    if (of(left) < of(right)) low = left;
    else high = right;
  }
  return (low + high) / 2;
}

/** The place towards `to` where a function that is above 0 at `from` is no longer; `to` where it never ends. */
function crossing(of: (x: number) => number, from: number, to: number): number {
  if (of(to) > 0) return to;
  let [pays, not] = [from, to];
  for (let step = 0; step < STEPS && Math.abs(not - pays) > 1e-7; step++) {
    const middle = (pays + not) / 2;
    if (of(middle) > 0) pays = middle;
    else not = middle;
  }
  return pays;
}

/**
 * The least bonus at which a call of a size pays, a ratio; undefined where none up to 1 does: no market takes it. Where a venue's bonus
 * grows while health falls (`bonusAtHealthBps`), the health factors whose bonus is smaller are its dead zone.
 */
export function bonusNeeded(
  incentives: Incentives,
  incentive: Omit<Incentive, 'bonus'>,
  repaidUsd: number,
): number | undefined {
  const net = (bonus: number) => incentives({ ...incentive, bonus }, repaidUsd).netUsd;
  if (net(0) >= 0) return 0;
  if (!(net(1) > 0)) return undefined;
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS && high - low > 1e-9; step++) {
    const middle = (low + high) / 2;
    if (net(middle) > 0) high = middle;
    else low = middle;
  }
  return high;
}
