import { ascending, quantileSorted } from 'd3-array';
import { estimateDelay } from '../delay.ts';
import type { PointFaults, PriceSeries } from './price-series.ts';

/**
 * What can be wrong with what a source said.
 *
 * - `no-price`, `no-time`, `went-back`, `repeated`, `contradicted`: see `PointFaults`.
 * - `jumped`: left where it was for one point and came back, as no market does.
 * - `vanished`: said nothing for much longer than it usually does.
 * - `ahead`: dated what it said after the moment at which it was heard.
 * - `clock-apart`: is most alike to the others when it is moved in time: its clock, or its way to us, is off.
 */
export type SourceFaultKind =
  | 'no-price'
  | 'no-time'
  | 'went-back'
  | 'repeated'
  | 'contradicted'
  | 'jumped'
  | 'vanished'
  | 'ahead'
  | 'clock-apart';

export interface SourceFault {
  readonly kind: SourceFaultKind;
  /** How many points it concerns; 1 of a clock. */
  readonly count: number;
  /** How bad the worst was: a jump as a ratio, silence and clocks in seconds (a clock below 0 runs ahead); undefined of what is only counted. */
  readonly worst: number | undefined;
  /** When the worst was, unix seconds; undefined of what is only counted, and of a clock. */
  readonly at: number | undefined;
}

export interface HeardSource {
  readonly series: PriceSeries;
  readonly faults: PointFaults;
}

/** How it is told what is ordinary. All are assumptions, chosen so that the public files raise nothing on quiet days. */
export const DEFAULT_SOURCE_LIMITS = {
  /** A point that is so far from both of its neighbours, which are not so far from each other, jumped … */
  jump: 0.03,
  /** … and so many times the usual move between two points. */
  jumpTimesUsual: 20,
  /** A silence of so many times the longest usual one (the 99 % quantile) … */
  silenceTimesUsual: 5,
  /** … and of so many seconds. */
  silenceSeconds: 600,
  /** So many seconds ahead are the drift of clocks. */
  aheadSeconds: 15,
};

/** Everything that is wrong with a source by itself; `heardAt` is when the last of it was heard, undefined where nobody knows. */
export function sourceFaults(
  { series, faults }: HeardSource,
  heardAt: number | undefined,
  limits: typeof DEFAULT_SOURCE_LIMITS = DEFAULT_SOURCE_LIMITS,
): SourceFault[] {
  const counted = (kind: SourceFaultKind, count: number): SourceFault[] =>
    count === 0 ? [] : [{ kind, count, worst: undefined, at: undefined }];
  return [
    ...counted('no-price', faults.noPrice),
    ...counted('no-time', faults.noTime),
    ...counted('went-back', faults.wentBack),
    ...counted('repeated', faults.repeated),
    ...counted('contradicted', faults.contradicted),
    ...jumps(series, limits),
    ...silences(series, limits),
    ...(heardAt === undefined ? [] : aheadOf(series, heardAt + limits.aheadSeconds, heardAt)),
  ];
}

interface Found {
  readonly worst: number;
  readonly at: number;
}

const gathered = (kind: SourceFaultKind, found: readonly Found[]): SourceFault[] => {
  if (found.length === 0) return [];
  const { worst, at } = found.reduce((most, one) => (one.worst > most.worst ? one : most));
  return [{ kind, count: found.length, worst, at }];
};

function jumps({ times, prices }: PriceSeries, { jump, jumpTimesUsual }: typeof DEFAULT_SOURCE_LIMITS) {
  const moves = Array.from(prices.subarray(1), (price, row) => Math.abs(price / prices[row]! - 1));
  const usual = quantileSorted([...moves].sort(ascending), 0.9) ?? 0;
  const least = Math.max(jump, jumpTimesUsual * usual);
  const found: Found[] = [];
  for (let row = 1; row < prices.length - 1; row += 1) {
    const [before, price, after] = [prices[row - 1]!, prices[row]!, prices[row + 1]!];
    const away = Math.min(Math.abs(price / before - 1), Math.abs(price / after - 1));
    if (away >= least && Math.abs(after / before - 1) < away / 2)
      found.push({ worst: away, at: times[row]! });
  }
  return gathered('jumped', found);
}

function silences(
  { times }: PriceSeries,
  { silenceTimesUsual, silenceSeconds }: typeof DEFAULT_SOURCE_LIMITS,
): SourceFault[] {
  const gaps = Array.from(times.subarray(1), (time, row) => ({ worst: time - times[row]!, at: times[row]! }));
  const longest = quantileSorted(gaps.map(({ worst }) => worst).sort(ascending), 0.99) ?? 0;
  const least = Math.max(silenceSeconds, silenceTimesUsual * longest);
  return gathered(
    'vanished',
    gaps.filter(({ worst }) => worst > least),
  );
}

function aheadOf({ times }: PriceSeries, latest: number, heardAt: number): SourceFault[] {
  const found = [...times].filter((time) => time > latest);
  return gathered(
    'ahead',
    found.map((time) => ({ worst: time - heardAt, at: time })),
  );
}

/** Shifts that are tried between two clocks: a quarter of an hour to both sides. */
const CLOCK_SHIFTS = Array.from({ length: 61 }, (_, row) => (row - 30) * 30);
/** Whether a band holds 0 needs fewer redrawn samples than how wide it is. */
const CLOCK_RESAMPLES = 50;

/**
 * How far a source's clock is from that of another of the same market: the shift that makes the two most alike. Undefined where the band of
 * redrawn samples holds 0, and where the two cannot be compared.
 */
export function clockFault(
  source: PriceSeries,
  other: PriceSeries,
  pieceSeconds?: number,
): SourceFault | undefined {
  const found = estimateDelay(source, other, {
    from: -Infinity,
    to: Infinity,
    shiftsSeconds: CLOCK_SHIFTS,
    resamples: CLOCK_RESAMPLES,
    ...(pieceSeconds !== undefined && { pieceSeconds }),
  });
  if (!found) return undefined;
  const [low, high] = found.bandSeconds;
  const step = CLOCK_SHIFTS[1]! - CLOCK_SHIFTS[0]!;
  if (low <= step && high >= -step) return undefined;
  return { kind: 'clock-apart', count: 1, worst: found.delaySeconds, at: undefined };
}
