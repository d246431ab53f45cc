import { area, line as linePath, scaleLinear, type ScaleLinear } from 'd3';
import { categoryColour, paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { percent } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { ReproductionLine } from './load.ts';

export interface ReproductionDrawing {
  readonly line: ReproductionLine;
  readonly theme: Theme;
  readonly width: number;
  /** The largest number that is drawn: the same for all lines, so that they can be compared. */
  readonly top: number;
}

const HEIGHT = 104;
const LEFT = 24;
const BOX = { top: 8, bottom: HEIGHT - 18, right: 8 };

/** Where the feedback stands on its own feet. */
const ITSELF = 1;

type Point = readonly [drop: number, value: number];

/** The reproduction number of one asset along its price drop; 1 is marked, and filled where it is above. */
export function reproductionChart({ line, theme, width, top }: ReproductionDrawing): Markup {
  const palette = paletteOf(theme);
  const points = pointsOf(line);
  const [deepest] = points.at(-1) ?? [1];
  const x = scaleLinear()
    .domain([0, Math.max(deepest, 0.01)])
    .range([LEFT, width - BOX.right]);
  const y = scaleLinear().domain([0, top]).range([BOX.bottom, BOX.top]).clamp(true);
  const draw = linePath<Point>()
    .x(([drop]) => x(drop))
    .y(([, value]) => y(value));
  const above = area<Point>()
    .x(([drop]) => x(drop))
    .y0(y(ITSELF))
    .y1(([, value]) => y(Math.max(ITSELF, value)));
  const [colour, alarm] = [categoryColour(palette, 0), categoryColour(palette, 4)];
  return element(
    'svg',
    {
      ...{ class: 'reproduction', role: 'img', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-label': `${line.asset.symbol}: ${reproductionSentence(line)}`,
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    yLabels(y, top, { palette, width }),
    element('path', {
      key: 'above',
      d: above(withCrossings(points)) ?? '',
      fill: alarm,
      'fill-opacity': 0.35,
    }),
    element('path', { key: 'line', d: draw(points) ?? '', fill: 'none', stroke: colour, 'stroke-width': 2 }),
    points
      .filter(([, value]) => value > ITSELF)
      .map(([drop, value]) =>
        element('circle', { key: drop, cx: x(drop), cy: y(value), r: 2.5, fill: alarm }),
      ),
    dropLabels(x, deepest, palette),
  );
}

function dropLabels(x: ScaleLinear<number, number>, deepest: number, palette: Palette): Markup {
  return element(
    'g',
    { fill: palette.muted, key: 'drops' },
    x.ticks(3).map((drop) => {
      const isLast = x(deepest) - x(drop) < 20;
      const anchor = drop === 0 ? 'start' : isLast ? 'end' : 'middle';
      const place = { x: isLast ? x(deepest) + BOX.right : x(drop), y: HEIGHT - 5, 'text-anchor': anchor };
      return element('text', { key: drop, ...place }, drop === 0 ? 'now' : percent(-drop));
    }),
  );
}

function yLabels(
  y: (value: number) => number,
  top: number,
  { palette, width }: { palette: Palette; width: number },
): Markup {
  const labels = [0, ITSELF, ...(top >= 1.6 ? [Number(top.toFixed(1))] : [])];
  return element(
    'g',
    { key: 'scale' },
    labels.map((value) =>
      element(
        'g',
        { key: value },
        element('line', {
          ...{ x1: LEFT, x2: width - BOX.right, y1: y(value), y2: y(value) },
          stroke: value === ITSELF ? palette.ink : palette.line,
          'stroke-dasharray': value === ITSELF ? '4 3' : undefined,
        }),
        element(
          'text',
          {
            ...{ x: LEFT - 5, y: y(value), dy: '0.34em', 'text-anchor': 'end' },
            fill: value === ITSELF ? palette.ink : palette.muted,
            'font-weight': value === ITSELF ? 700 : 400,
          },
          String(value),
        ),
      ),
    ),
  );
}

/** What the line says in words: where it stands, how high it goes, where it is above 1, and down to where that was looked for. */
export function reproductionSentence(line: ReproductionLine): string {
  const points = pointsOf(line);
  const first = points[0];
  if (!first) return 'no pool is known whose price could move';
  const highest = points.reduce((best, point) => (point[1] > best[1] ? point : best));
  const above = runsAbove(points).map(([from, to]) =>
    from === to ? at(from) : `${from === 0 ? 'from now' : `from ${percent(-from)}`} to ${percent(-to)}`,
  );
  const [deepest] = points.at(-1)!;
  const parts = [
    `${reproductionNumber(first[1])} ${at(first[0])}`,
    highest === first ? 'no higher below' : `highest ${reproductionNumber(highest[1])} ${at(highest[0])}`,
    above.length > 0
      ? `above 1 ${above.join(', ')}`
      : `not above 1${deepest === 0 ? '' : ` down to ${percent(-deepest)}`}`,
  ];
  return parts.join('; ');
}

/** First and last drop of every stretch of points above 1. */
function runsAbove(points: readonly Point[]): (readonly [from: number, to: number])[] {
  const runs: [from: number, to: number][] = [];
  let isAbove = false;
  for (const [drop, value] of points) {
    if (value > ITSELF && isAbove) runs.at(-1)![1] = drop;
    else if (value > ITSELF) runs.push([drop, drop]);
    isAbove = value > ITSELF;
  }
  return runs;
}

const at = (drop: number) => (drop === 0 ? 'now' : `at ${percent(-drop)}`);

/** Two decimals, one from 10 on; a number between 0 and 0.005 is `<0.01`. */
export function reproductionNumber(value: number | null | undefined): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return '–';
  if (value < 0.005) return value > 0 ? '<0.01' : '0';
  return value.toFixed(value < 9.995 ? 2 : 1);
}

function pointsOf({ points }: ReproductionLine): Point[] {
  return points.flatMap(({ move, reproduction }): Point[] =>
    reproduction === null ? [] : [[Math.abs(move), reproduction]],
  );
}

/** The points and those between them where the line passes 1, so that the fill begins and ends there. */
function withCrossings(points: readonly Point[]): Point[] {
  return points.flatMap((point, i): Point[] => {
    const next = points[i + 1];
    if (!next || point[1] > ITSELF === next[1] > ITSELF) return [point];
    const part = (ITSELF - point[1]) / (next[1] - point[1]);
    return [point, [point[0] + (next[0] - point[0]) * part, ITSELF]];
  });
}
