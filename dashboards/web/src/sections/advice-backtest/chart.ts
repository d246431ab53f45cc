import { scaleLinear } from 'd3';
import { categoryColour, paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { percent } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Backtest } from './words.ts';
import { lineName } from './words.ts';

export interface BacktestDrawing {
  readonly lines: Backtest['lines'];
  /** Share of windows that are to hold. */
  readonly confidence: number;
  readonly theme: Theme;
  readonly width: number;
}

const [ROW, HEAD, FOOT, NAMES, LEAST_SIDE] = [24, 30, 22, 132, 560];
/** By traffic light; the letter says it without the colour. */
const ZONES: Readonly<Record<string, number>> = { green: 2, yellow: 1, red: 4 };

/**
 * Ways to set a value, one below the other: how many windows each held, against the share that is to hold, and the values it had, from the least to
 * the greatest with the mean. On a narrow page the values are left to the table.
 */
export function backtestChart(drawing: BacktestDrawing): Markup {
  const { lines, confidence, theme, width } = drawing;
  const palette = paletteOf(theme);
  const height = HEAD + ROW * lines.length + FOOT;
  const isWide = width >= LEAST_SIDE;
  const middle = isWide ? NAMES + (width - NAMES) * 0.5 : width - 14;
  const least = Math.min(...lines.map(({ coverage }) => coverage), confidence);
  const held = scaleLinear()
    .domain([Math.min(least, 1 - 2 * (1 - confidence)), 1])
    .nice(3)
    .range([NAMES, middle - (isWide ? 70 : 0)]);
  const value = scaleLinear()
    .domain([Math.min(...lines.map((line) => line.least)), Math.max(...lines.map((line) => line.greatest))])
    .nice(3)
    .range([middle, width - 14]);
  const box = { palette, bottom: height - FOOT };
  return element(
    'svg',
    {
      ...{ class: 'backtest', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': backtestSentence(drawing),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    axis(held, { ...box, key: 'held', name: 'windows that held', ticks: isWide ? 3 : 2 }),
    isWide && axis(value, { ...box, key: 'value', name: 'value: least, mean, greatest', ticks: 3 }),
    element('line', {
      ...{ key: 'confidence', x1: held(confidence), x2: held(confidence), y1: HEAD - 6, y2: height - FOOT },
      ...{ stroke: palette.ink, 'stroke-dasharray': '4 3' },
    }),
    lines.map((line, at) => row(line, { palette, held, value, isWide, y: HEAD + ROW * (at + 0.5) })),
  );
}

interface Axis {
  readonly palette: Palette;
  readonly bottom: number;
  readonly key: string;
  readonly name: string;
  readonly ticks: number;
}

function axis(
  scale: ((value: number) => number) & {
    ticks(many: number): number[];
    range(): number[];
  },
  { palette, bottom, key, name, ticks }: Axis,
): Piece {
  const text = (at: Readonly<Record<string, string | number>>, words: string) =>
    element('text', { fill: palette.muted, ...at }, words);
  return [
    text({ key: `${key} name`, x: scale.range()[0]!, y: 12 }, name),
    scale.ticks(ticks).map((at) => [
      element('line', {
        ...{ key: `${key} line ${at}`, x1: scale(at), x2: scale(at), y1: HEAD - 6, y2: bottom },
        stroke: palette.line,
      }),
      text({ key: `${key} ${at}`, x: scale(at), y: bottom + 14, 'text-anchor': 'middle' }, percent(at)),
    ]),
  ];
}

interface Row {
  readonly palette: Palette;
  readonly held: (value: number) => number;
  readonly value: (value: number) => number;
  readonly isWide: boolean;
  readonly y: number;
}

function row(line: Backtest['lines'][number], { palette, held, value, isWide, y }: Row): Piece {
  const { name, coverage, exceptions, dates, zone, least, greatest, meanThreshold } = line;
  const colour = categoryColour(palette, ZONES[zone] ?? 0);
  const told = `${lineName(name)}: ${percent(coverage, 2)} of ${dates} windows held, ${exceptions} did not, ${zone}; value ${percent(meanThreshold)} on average, from ${percent(least)} to ${percent(greatest)}`;
  return element(
    'g',
    { key: name },
    element('title', {}, told),
    element(
      'text',
      { key: 'name', x: NAMES - 12, y, dy: '0.34em', 'text-anchor': 'end', fill: palette.ink },
      lineName(name),
    ),
    element('circle', { key: 'held', cx: held(coverage), cy: y, r: 5, fill: colour, stroke: palette.ink }),
    isWide && [
      element('line', {
        ...{ key: 'range', x1: value(least), x2: Math.max(value(greatest), value(least) + 2), y1: y, y2: y },
        ...{ stroke: categoryColour(palette, 0), 'stroke-width': 5, 'stroke-linecap': 'round' },
      }),
      element('line', {
        ...{ key: 'mean', x1: value(meanThreshold), x2: value(meanThreshold), y1: y - 7, y2: y + 7 },
        ...{ stroke: palette.ink, 'stroke-width': 2 },
      }),
    ],
  );
}

/** The same in words. */
export const backtestSentence = ({
  lines,
  confidence,
}: Pick<BacktestDrawing, 'lines' | 'confidence'>): string =>
  `${percent(confidence, 2)} of the windows are to hold. ${lines
    .map(
      ({ name, coverage, zone, meanThreshold }) =>
        `${lineName(name)} held ${percent(coverage, 2)} (${zone}) at ${percent(meanThreshold)} on average`,
    )
    .join('; ')}`;
