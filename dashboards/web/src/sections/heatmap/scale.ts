import {
  interpolateBuPu,
  interpolateOrRd,
  interpolateRdPu,
  interpolateYlGnBu,
  interpolateYlOrRd,
  scaleLinear,
  scaleSqrt,
} from 'd3';
import { inkOn } from '../../chart/contrast.ts';
import type { Theme } from '../../chart/palette.ts';
import type { Measure } from './measure.ts';

/** Single-direction ColorBrewer scales (Harrower and Brewer 2003), marked safe for colour-blind readers. */
const COLOURS: Readonly<Record<Measure, (t: number) => string>> = {
  loss: interpolateYlOrRd,
  'bad-debt': interpolateOrRd,
  stuck: interpolateRdPu,
  liquidated: interpolateYlGnBu,
  amplification: interpolateBuPu,
};

export interface HeatScale {
  /** Fill and text colour of a value; undefined when there is nothing to colour: nobody is liquidated, or zero. */
  readonly colour: (value: number | null) => { fill: string; ink: string } | undefined;
  /** Values to label in the legend, smallest first, each with its place from 0 to 1. */
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
  /** The fill at a place from 0 to 1. */
  readonly fillAt: (t: number) => string;
}

/**
 * The colours of a measure. USD goes by its square root from 0 to the (rounded) maximum, so that small losses still show and
 * large ones still differ; amplification is linear from 1. More always stands out more: darker on a light page, brighter on a dark one, also in greyscale.
 */
export function heatScale(measure: Measure, theme: Theme, values: readonly (number | null)[]): HeatScale {
  const largest = Math.max(0, ...values.filter((value) => value !== null));
  const place = measure === 'amplification' ? linear(largest) : rooted(largest);
  const fillAt = (t: number) => COLOURS[measure](theme === 'dark' ? 0.86 - 0.82 * t : 0.06 + 0.94 * t);
  const colour = (value: number | null) => {
    if (value === null || value <= 0) return undefined;
    const fill = fillAt(place.at(value));
    return { fill, ink: inkOn(fill) };
  };
  return { colour, fillAt, ticks: place.ticks.map((value) => ({ value, at: place.at(value) })) };
}

function rooted(largest: number): { at: (value: number) => number; ticks: number[] } {
  const top = ceilNice(Math.max(largest, 1));
  const at = scaleSqrt().domain([0, top]).range([0, 1]).clamp(true);
  return { at, ticks: [0.02, 0.1, 0.3, 0.6, 1].map((part) => top * part) };
}

function linear(largest: number): { at: (value: number) => number; ticks: number[] } {
  const top = 1 + ceilNice(Math.max(LEAST_ABOVE_1, largest - 1));
  const at = scaleLinear().domain([1, top]).range([0, 1]).clamp(true);
  return { at, ticks: Array.from({ length: 5 }, (_, i) => 1 + ((top - 1) * i) / 4) };
}

/** So much above 1 the scale of amplification reaches at least, so that it does not show noise. */
const LEAST_ABOVE_1 = 0.2;

/** At most a quarter above one another, so that a scale ends near its largest value. */
const ROUND = [1, 1.2, 1.5, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10];

/** The next round number: the scale stays still while values move a little. */
function ceilNice(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return Number((unit * (ROUND.find((step) => step * unit >= value * (1 - 1e-12)) ?? 10)).toPrecision(6));
}
