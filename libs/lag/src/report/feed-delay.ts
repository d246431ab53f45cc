import { estimateDelay, type Delay } from '../delay.ts';
import { between, type PriceSeries } from '../series/price-series.ts';

/** What is compared: the day before, as it goes on. */
export const DELAY_WINDOW_SECONDS = 86_400;
/** Delays that are tried: up to three hours, by the time between two readings of the market. */
const SHIFTS = Array.from({ length: 37 }, (_, row) => row * 300);
/** Pieces of three hours are longer than prices of a quiet day remember, and a day has enough of them. */
const PIECE_SECONDS = 10_800;
/** How wide a band is needs fewer draws than where it ends. */
const RESAMPLES = 50;
/** More moments say nothing more of so few shifts, and cost as much more. */
const MOST_ANSWERS = 288;
/** With fewer answers in the time that can be compared any shift fits. */
const FEWEST_ANSWERS = 12;

/**
 * How far a feed ran behind its market over the day before a moment, with its band. Undefined where it answered too seldom, or the market was
 * not measured for long enough.
 */
export function feedDelay(answers: PriceSeries, market: PriceSeries, time: number): Delay | undefined {
  const from = time - DELAY_WINDOW_SECONDS;
  const known = between(answers, from, time + 1);
  if (known.times.length < FEWEST_ANSWERS) return undefined;
  const found = estimateDelay(thinned(known), market, {
    ...{ from, to: time, shiftsSeconds: SHIFTS, pieceSeconds: PIECE_SECONDS, resamples: RESAMPLES },
  });
  return found && found.samples >= FEWEST_ANSWERS ? found : undefined;
}

/** As many answers as are compared at most, evenly drawn, the last among them. */
function thinned({ times, prices }: PriceSeries): PriceSeries {
  const every = Math.ceil(times.length / MOST_ANSWERS);
  const isKept = (_: number, row: number) => (times.length - 1 - row) % every === 0;
  return { times: times.filter(isKept), prices: prices.filter(isKept) };
}
