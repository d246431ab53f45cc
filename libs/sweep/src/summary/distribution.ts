import { deviation } from 'd3-array';
import { atRisk, meanOf, valueAt, type AtRisk } from './tail.ts';

/** How one figure is distributed over scenarios. */
export interface Distribution {
  readonly mean: number;
  /** Of the mean; undefined where the scenarios are no sample. */
  readonly standardError: number | undefined;
  readonly greatest: number;
  readonly quantiles: readonly { readonly level: number; readonly value: number }[];
  readonly histogram: Histogram;
  readonly atRisk: readonly AtRisk[];
}

/** How many scenarios have how much: bins of 1, 2 and 5 times powers of ten, over the six powers below the greatest value. */
export interface Histogram {
  readonly zeros: number;
  readonly bins: readonly HistogramBin[];
}

export interface HistogramBin {
  /** Included; 0 in the first, which has everything smaller too. */
  readonly from: number;
  /** Excluded. */
  readonly to: number;
  readonly count: number;
}

/** What is read off every distribution. */
export interface Levels {
  readonly levels: readonly number[];
  /** See `atRisk`. */
  readonly independent: number | undefined;
}

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** The distribution of values of 0 and more. */
export function distributionOf(values: Float64Array, { levels, independent }: Levels): Distribution {
  const sorted = values.toSorted();
  return {
    mean: meanOf(values),
    standardError: independent === undefined ? undefined : (deviation(values) ?? 0) / Math.sqrt(independent),
    greatest: sorted.at(-1)!,
    quantiles: QUANTILES.map((level) => ({ level, value: valueAt(sorted, level) })),
    histogram: histogramOf(sorted),
    atRisk: levels.map((level) => atRisk(sorted, { level, independent })),
  };
}

const STEPS = [1, 2, 5];
const POWERS = 6;

function histogramOf(sorted: Float64Array): Histogram {
  const greatest = sorted.at(-1)!;
  const zeros = sorted.reduce((many, value) => many + Number(value <= 0), 0);
  if (!(greatest > 0)) return { zeros, bins: [] };
  const top = Math.floor(Math.log10(greatest));
  const edges = Array.from({ length: POWERS + 1 }, (_, at) => top - POWERS + at)
    .flatMap((power) => STEPS.map((step) => Number(`${step}e${power}`)))
    // A power of ten may have a logarithm just below its own.
    .concat(Number(`1e${top + 1}`), Number(`2e${top + 1}`));
  const last = edges.findIndex((edge) => edge > greatest);
  const bins = edges
    .slice(0, last + 1)
    .map((to, at) => ({ from: at === 0 ? 0 : edges[at - 1]!, to, count: 0 }));
  let bin = 0;
  for (const value of sorted.subarray(zeros)) {
    while (value >= bins[bin]!.to) bin += 1;
    bins[bin]!.count += 1;
  }
  const first = bins.findIndex(({ count }) => count > 0);
  return { zeros, bins: bins.slice(first) };
}
