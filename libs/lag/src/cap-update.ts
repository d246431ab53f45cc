import type { RateCap } from '@undertow/market';
import { capHeadroom, type CappedRate } from './cap-headroom.ts';

/** What an update of a cap asks for. */
export interface CapUpdate {
  /** The rate from which the cap shall grow, in the cap's decimals … */
  readonly rate: bigint;
  /** … and when the token had it, unix seconds. */
  readonly since: bigint;
}

/** What holds an update back. */
export interface CapUpdateLimits {
  /** The cap's rate moves by this share of itself at most, in hundredths of a percent; the time is not held back. */
  readonly mostChangeBps: bigint;
}

/** What an update would do if it landed. */
export interface CapDryRun {
  /** The cap as it would be. It grows by the same share of its rate a year as before. */
  readonly cap: RateCap;
  /** Whether the limits gave the update another rate than it asked for. */
  readonly isHeldBack: boolean;
  /** Room below the cap now, see `capHeadroom` … */
  readonly headroomBefore: number | undefined;
  /** … and once the update has landed: at and below 0 the cap binds. */
  readonly headroomAfter: number | undefined;
  /**
   * The latest time that the update could name with its rate as it would be, without the cap binding, unix seconds. A cap that
   * names a later one has not grown enough since. Undefined where it does not grow.
   */
  readonly latestSince: number | undefined;
}

const BPS = 10_000n;

/**
 * Plays an update of a cap before it lands. A rate that is held back together with a time that is not makes a cap that is too low
 * at once: that is what happened to wstETH on 2026-03-10.
 *
 * Source: `_setCapParameters` of Aave's `PriceCapAdapterBase` (growth per second = ratio × growth per year ÷ seconds per year), and
 * the ranges of its stewards (`AGRS-V4`, a relative change per field).
 */
export function dryRunCapUpdate(
  { rate, cap }: CappedRate,
  update: CapUpdate,
  { mostChangeBps, time }: CapUpdateLimits & { readonly time: number },
): CapDryRun {
  const most = (cap.rate * mostChangeBps) / BPS;
  const held = within(update.rate, cap.rate - most, cap.rate + most);
  const after: RateCap = {
    rate: held,
    since: update.since,
    growthPerSecond: cap.rate === 0n ? 0n : (cap.growthPerSecond * held) / cap.rate,
    growthScale: cap.growthScale,
  };
  return {
    cap: after,
    isHeldBack: held !== update.rate,
    headroomBefore: capHeadroom({ rate, cap }, time),
    headroomAfter: capHeadroom({ rate, cap: after }, time),
    latestSince: latestSince({ rate, cap: after }, time),
  };
}

const within = (value: bigint, least: bigint, greatest: bigint): bigint =>
  value < least ? least : value > greatest ? greatest : value;

function latestSince({ rate, cap }: CappedRate, time: number): number | undefined {
  const { growthPerSecond, growthScale } = cap;
  if (growthPerSecond <= 0n) return undefined;
  const missing = rate > cap.rate ? rate - cap.rate : 0n;
  // Rounded up: a second less of growth would leave the cap a unit too low.
  const seconds = (missing * growthScale + growthPerSecond - 1n) / growthPerSecond;
  return time - Number(seconds);
}
