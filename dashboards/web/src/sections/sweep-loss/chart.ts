import { scaleBand, scaleSqrt } from 'd3';
import { categoryColour, paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { count, percent, usd, usdTick } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { AtRisk, Distribution, Interval } from '../sweep-run/load.ts';

export interface LossDrawing {
  readonly name: string;
  readonly distribution: Pick<Distribution, 'histogram' | 'atRisk' | 'mean' | 'greatest'>;
  /** What value at risk is called. */
  readonly atRisk: string;
  readonly theme: Theme;
  readonly width: number;
}

const LEFT = 46;
const RIGHT = 14;
const TOP = 10;
const PLOT = 190;
const AXIS = 22;
const LANE = 34;
/** Between what is nothing and the least that is something. */
const GAP = 10;

interface Bar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Where a value stands. */
type Place = (value: number) => number;

/**
 * How many scenarios have how much, in bins of 1, 2 and 5 times powers of ten, those with nothing by themselves; heights are square
 * roots, so that what is rare is seen. Below, for each level, the value at risk (dot) and the expected shortfall (diamond), with
 * their intervals.
 */
export function lossChart(drawing: LossDrawing): Markup {
  const { distribution, theme, width } = drawing;
  const palette = paletteOf(theme);
  const { zeros, bins } = distribution.histogram;
  const bars: readonly Bar[] = [{ from: 0, to: 0, count: zeros }, ...bins];
  const x = scaleBand<number>()
    .domain(bars.map((_, at) => at))
    .range([LEFT, width - RIGHT - GAP])
    .paddingInner(0.08);
  const left = (at: number) => (x(at) ?? LEFT) + (at === 0 ? 0 : GAP);
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const y = scaleSqrt()
    .domain([0, most])
    .range([TOP + PLOT, TOP]);
  const place = placeOn(bars, left, x.bandwidth());
  const height = TOP + PLOT + AXIS + distribution.atRisk.length * LANE + 4;
  return element(
    'svg',
    {
      ...{ class: 'loss-chart', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': lossSentence(drawing),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    countTicks(most).map((value) =>
      element(
        'g',
        { key: `count ${value}` },
        element('line', { x1: LEFT, x2: width - RIGHT, y1: y(value), y2: y(value), stroke: palette.line }),
        element(
          'text',
          { x: LEFT - 6, y: y(value), dy: '0.34em', 'text-anchor': 'end', fill: palette.muted },
          count(value),
        ),
      ),
    ),
    bars.map((bar, at) =>
      element(
        'rect',
        {
          ...{ key: `bar ${at}`, x: left(at), width: x.bandwidth(), y: y(bar.count) },
          height: TOP + PLOT - y(bar.count),
          fill: at === 0 ? palette.muted : categoryColour(palette, 0),
          'fill-opacity': at === 0 ? 0.55 : 0.85,
        },
        element('title', {}, barWords(bar)),
      ),
    ),
    edgeNames(bars, { left, band: x.bandwidth(), width, palette }),
    distribution.atRisk.map((one, lane) =>
      laneOf(one, { y: TOP + PLOT + AXIS + lane * LANE, place, palette, width, atRisk: drawing.atRisk }),
    ),
  );
}

/** Between the edges of a bin by the logarithm, in the first, which has everything smaller too, by the value. */
function placeOn(bars: readonly Bar[], left: (at: number) => number, band: number): Place {
  return (value) => {
    if (!(value > 0) || bars.length < 2) return left(0) + band / 2;
    const found = bars.findIndex(({ to }, at) => at > 0 && value < to);
    const at = found === -1 ? bars.length - 1 : found;
    const { from, to } = bars[at]!;
    const part = from > 0 ? Math.log(value / from) / Math.log(to / from) : value / to;
    return left(at) + band * Math.min(1, Math.max(0, part));
  };
}

/** Whole powers of ten, and the most. */
function countTicks(most: number): number[] {
  const powers = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, power) => 10 ** power);
  const spaced = powers.filter((power) => Math.sqrt(most) - Math.sqrt(power) > 0.12 * Math.sqrt(most));
  return [...spaced.filter((power) => Math.sqrt(power) > 0.08 * Math.sqrt(most)), most];
}

const barWords = ({ from, to, count: many }: Bar): string =>
  to === 0
    ? `${count(many)} scenarios with nothing`
    : `${count(many)} scenarios with ${from === 0 ? 'less than' : `${usd(from)} to`} ${usd(to)}`;

/** Pixels that the name of an edge takes. */
const NAME = 46;

function edgeNames(
  bars: readonly Bar[],
  {
    left,
    band,
    width,
    palette,
  }: {
    readonly left: (at: number) => number;
    readonly band: number;
    readonly width: number;
    readonly palette: Palette;
  },
): Piece {
  const text = (key: string, x: number, words: string, anchor = 'middle') =>
    element('text', { key, x, y: TOP + PLOT + 15, 'text-anchor': anchor, fill: palette.muted }, words);
  let last = left(0) + band / 2;
  const named = bars.flatMap((bar, at) => {
    const x = left(at) + band;
    if (at === 0 || x - last < NAME || x + NAME / 2 > width) return [];
    last = x;
    return [text(`edge ${at}`, x, usdTick(bar.to))];
  });
  return [text('nothing', left(0) + band / 2, '$0'), ...named];
}

interface Lane {
  readonly y: number;
  readonly place: Place;
  readonly palette: Palette;
  readonly width: number;
  readonly atRisk: string;
}

/** A level: value at risk and expected shortfall, each with its interval as a line. */
function laneOf(one: AtRisk, { y, place, palette, width, atRisk }: Lane): Markup {
  const [first, second] = [y + 9, y + 23];
  const line = (
    interval: Interval | null,
    { at, value, colour }: { at: number; value: number; colour: string },
  ) => {
    const { low = null, high = null } = interval ?? {};
    if (low === null && high === null) return undefined;
    const [from, to] = [place(low ?? value), high === null ? width - RIGHT : place(high)];
    return element('line', {
      ...{ key: `line ${at}`, x1: from, x2: to, y1: at, y2: at, stroke: colour, 'stroke-width': 2 },
      'stroke-opacity': 0.5,
      'stroke-dasharray': high === null || low === null ? '3 3' : undefined,
    });
  };
  const [risk, shortfall] = [categoryColour(palette, 0), categoryColour(palette, 4)];
  const [valueX, shortfallX] = [place(one.valueAtRisk), place(one.expectedShortfall)];
  const name = (x: number, at: number, words: string) => {
    const isLeft = x > width * 0.6;
    return element(
      'text',
      {
        x: isLeft ? x - 9 : x + 9,
        y: at,
        dy: '0.34em',
        'text-anchor': isLeft ? 'end' : 'start',
        // Readable over the line of its own interval.
        ...{ stroke: palette.surface, 'stroke-width': 4, 'paint-order': 'stroke' },
        fill: palette.ink,
      },
      words,
    );
  };
  return element(
    'g',
    { key: `level ${one.level}` },
    element('title', {}, levelWords(one, atRisk)),
    element(
      'text',
      { x: LEFT - 6, y: y + 16, dy: '0.34em', 'text-anchor': 'end', fill: palette.muted },
      percent(one.level),
    ),
    element('line', { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, stroke: palette.line }),
    line(one.interval, { at: first, value: one.valueAtRisk, colour: risk }),
    line(one.shortfallInterval, { at: second, value: one.expectedShortfall, colour: shortfall }),
    element('circle', { cx: valueX, cy: first, r: 4.5, fill: risk }),
    element('path', {
      d: `M${shortfallX},${second - 5.5}l5.5,5.5l-5.5,5.5l-5.5,-5.5z`,
      fill: shortfall,
    }),
    name(valueX, first, `${atRisk} ${usd(one.valueAtRisk)}`),
    name(shortfallX, second, `ES ${usd(one.expectedShortfall)}`),
  );
}

const levelWords = ({ level, valueAtRisk, expectedShortfall }: AtRisk, atRisk: string): string =>
  `${percent(level)}: ${atRisk} ${usd(valueAtRisk)}, ES ${usd(expectedShortfall)}`;

/** The distribution in words. */
export function lossSentence({ name, distribution, atRisk }: Omit<LossDrawing, 'theme' | 'width'>): string {
  const { histogram, mean, greatest } = distribution;
  const all = histogram.zeros + histogram.bins.reduce((sum, bin) => sum + bin.count, 0);
  const levels = distribution.atRisk.map((one) => levelWords(one, atRisk));
  return `${name}: mean ${usd(mean)}, at most ${usd(greatest)}, nothing in ${count(histogram.zeros)} of ${count(all)} scenarios${levels.map((level) => `; ${level}`).join('')}`;
}
