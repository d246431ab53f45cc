import { area, extent, line as linePath, scaleLinear, scaleUtc, utcFormat } from 'd3';
import { categoryColour, paletteOf, type Theme } from '../../chart/palette.ts';
import { count, percent, usd, usdTick } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { minute } from '../../format/time.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { MeasureLine } from './load.ts';
import { unitOfMeasure } from './unit-of-measure.ts';

export interface HistoryDrawing {
  readonly line: MeasureLine;
  readonly theme: Theme;
  readonly width: number;
}

const HEIGHT = 104;
const BOX = { left: 44, right: 8, top: 8, bottom: HEIGHT - 18 };

/** From here on days are named, and no hours. Seconds. */
const DAYS = 2 * 86_400;

type Point = MeasureLine['points'][number];

/** A measure over time: its value at the end of each step, and between which values it was within the step. */
export function historyChart({ line, theme, width }: HistoryDrawing): Markup {
  const palette = paletteOf(theme);
  const { points } = line;
  const [first = 0, last = 1] = extent(points, ({ time }) => time);
  const x = scaleUtc()
    .domain([first * 1_000, (last === first ? first + 1 : last) * 1_000])
    .range([BOX.left, width - BOX.right]);
  const top = Math.max(...points.map(({ greatest }) => greatest), 0);
  const y = scaleLinear()
    .domain([0, top > 0 ? top : 1])
    .nice(2)
    .range([BOX.bottom, BOX.top]);
  const at = ({ time }: Point) => x(time * 1_000);
  const between = area<Point>()
    .x(at)
    .y0(({ least }) => y(least))
    .y1(({ greatest }) => y(greatest));
  const ends = linePath<Point>()
    .x(at)
    .y(({ value }) => y(value));
  const colour = categoryColour(palette, 0);
  const nameTime = utcFormat(last - first < DAYS ? '%H:%M' : '%d %b');
  const ticks = y.ticks(2).filter((value) => isMoney(line) || isShare(line) || Number.isInteger(value));
  return element(
    'svg',
    {
      ...{ class: 'history', role: 'img', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-label': `${measureTitle(line)}: ${historySentence(line)}`,
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    ticks.map((value) =>
      element(
        'g',
        { key: value },
        element('line', {
          ...{ x1: BOX.left, x2: width - BOX.right, y1: y(value), y2: y(value), stroke: palette.line },
        }),
        element(
          'text',
          { x: BOX.left - 5, y: y(value), dy: '0.34em', 'text-anchor': 'end', fill: palette.muted },
          isMoney(line) ? usdTick(value) : figure(line, value),
        ),
      ),
    ),
    element('path', { key: 'between', d: between(points) ?? '', fill: colour, 'fill-opacity': 0.25 }),
    element('path', { key: 'ends', d: ends(points) ?? '', fill: 'none', stroke: colour, 'stroke-width': 2 }),
    points
      .slice(-1)
      .map((point) =>
        element('circle', { key: 'last', cx: at(point), cy: y(point.value), r: 2.5, fill: colour }),
      ),
    x
      .ticks(3)
      .map((time) =>
        element(
          'text',
          { key: time.getTime(), x: x(time), y: HEIGHT - 5, 'text-anchor': 'middle', fill: palette.muted },
          nameTime(time),
        ),
      ),
  );
}

/** What the line says in words: where it stands, between what it was, and since when. */
export function historySentence(line: MeasureLine): string {
  const [first] = line.points;
  const last = line.points.at(-1);
  if (!first || !last) return 'not measured yet';
  const value = figure(line, last.value);
  if (line.points.reduce((sum, { blocks }) => sum + blocks, 0) === 1)
    return `${value}; measured once, ${minute(first.time)} UTC`;
  const [least, greatest] = [leastOf(line.points), greatestOf(line.points)];
  const range =
    least === greatest
      ? 'the same at every measurement'
      : `between ${figure(line, least)} and ${figure(line, greatest)}`;
  return `${value}; ${range} since ${minute(first.time)} UTC`;
}

/** The least that was measured in any step. */
export const leastOf = (points: readonly Point[]): number => Math.min(...points.map(({ least }) => least));

/** The greatest that was measured in any step. */
export const greatestOf = (points: readonly Point[]): number =>
  Math.max(...points.map(({ greatest }) => greatest));

/** What a measure is called. */
export function measureTitle({ measure, subject }: Pick<MeasureLine, 'measure' | 'subject'>): string {
  const title = TITLES[measure] ?? measure;
  const [what, move] = subject.split('=');
  if (move !== undefined) return `${title} at ${what} ${percent(Number(move))}`;
  return subject === '' ? title : `${title}, ${venueName(subject)}`;
}

const TITLES: Readonly<Record<string, string>> = {
  lossUsd: 'Loss',
  debtUsd: 'Debt',
  collateralUsd: 'Collateral',
  largestCollateralUsd: 'Largest account’s collateral',
  hiddenDebtUsd: 'Debt hidden by late oracles',
  accounts: 'Accounts with debt',
  dueAccounts: 'Accounts due',
  coverage: 'Coverage',
};

const isShare = ({ measure }: Pick<MeasureLine, 'measure'>) => measure === 'coverage';
const isMoney = (line: Pick<MeasureLine, 'measure'>) => unitOfMeasure(line) === 'USD';

/** A value of a measure, as its name says what it is of. */
export function figure(line: Pick<MeasureLine, 'measure'>, value: number): string {
  if (isMoney(line)) return usd(value);
  return isShare(line) ? percent(value, 2) : count(value);
}
