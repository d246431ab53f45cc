import { line as linePath, scaleLinear } from 'd3';
import { categoryColour, paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import { percent } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import type { Frontier } from './load.ts';

/** Where a market stands in the plane. */
export interface Standing {
  readonly name: string;
  readonly threshold: number;
  readonly bonus: number;
}

export interface FrontierDrawing {
  readonly frontier: Pick<Frontier, 'points' | 'contract'>;
  readonly standing: readonly Standing[];
  readonly theme: Theme;
  readonly width: number;
}

const HEIGHT = 240;
const BOX = { left: 52, right: 16, top: 12, bottom: HEIGHT - 38 };

/** Largest threshold by bonus: the line with slippage and lag, the one that contracts check, and where the market stands. */
export function frontierChart(drawing: FrontierDrawing): Markup {
  const { frontier, standing, theme, width } = drawing;
  const palette = paletteOf(theme);
  const x = scaleLinear()
    .domain([0, Math.max(...[...frontier.points, ...standing].map(({ bonus }) => bonus), 0.01)])
    .range([BOX.left, width - BOX.right]);
  const all = [...frontier.points, ...frontier.contract, ...standing].map(({ threshold }) => threshold);
  const y = scaleLinear()
    .domain([Math.min(...all), Math.max(...all)])
    .nice(4)
    .range([BOX.bottom, BOX.top]);
  const draw = linePath<Frontier['points'][number]>()
    .x(({ bonus }) => x(bonus))
    .y(({ threshold }) => y(threshold));
  const path = (key: string, points: Frontier['points'], look: Readonly<Record<string, string | number>>) =>
    element('path', { key, d: draw(points) ?? '', fill: 'none', 'stroke-width': 2, ...look });
  return element(
    'svg',
    {
      ...{ class: 'frontier', role: 'img', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-label': frontierSentence(drawing),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    axes({ x, y, palette, width }),
    path('contract', frontier.contract, { stroke: palette.muted, 'stroke-dasharray': '4 3' }),
    path('line', frontier.points, { stroke: categoryColour(palette, 4) }),
    standing.map((one, at) => mark(one, { x, y, palette, width, at })),
  );
}

interface Drawn {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly palette: Palette;
  readonly width: number;
}

function axes({
  x,
  y,
  palette,
  width,
}: Omit<Drawn, 'x' | 'y'> & {
  readonly x: Drawn['x'] & { ticks(many: number): number[] };
  readonly y: Drawn['y'] & { ticks(many: number): number[] };
}): Piece {
  const text = (key: string, at: Readonly<Record<string, string | number>>, words: string) =>
    element('text', { key, fill: palette.muted, ...at }, words);
  return [
    y.ticks(4).map((value) => [
      element('line', {
        ...{ key: `at ${value}`, x1: BOX.left, x2: width - BOX.right, y1: y(value), y2: y(value) },
        stroke: palette.line,
      }),
      text(
        `threshold ${value}`,
        { x: BOX.left - 6, y: y(value), dy: '0.34em', 'text-anchor': 'end' },
        percent(value),
      ),
    ]),
    x
      .ticks(Math.max(2, Math.floor(width / 120)))
      .map((value) =>
        text(`bonus ${value}`, { x: x(value), y: BOX.bottom + 15, 'text-anchor': 'middle' }, percent(value)),
      ),
    text(
      'axes',
      { x: width - BOX.right, y: HEIGHT - 4, 'text-anchor': 'end' },
      'across: bonus, upwards: liquidation threshold',
    ),
  ];
}

/** A point with its name: the present one filled, the advised one a ring. */
function mark(
  { name, threshold, bonus }: Standing,
  { x, y, palette, width, at }: Drawn & { readonly at: number },
): Markup {
  const [left, top] = [x(bonus), y(threshold)];
  const isLeft = left > width * 0.7;
  const colour = categoryColour(palette, 0);
  return element(
    'g',
    { key: name },
    element('title', {}, `${name}: threshold ${percent(threshold, 2)}, bonus ${percent(bonus, 2)}`),
    element('circle', {
      ...{ cx: left, cy: top, r: 5, 'stroke-width': 2, stroke: colour },
      fill: at === 0 ? colour : palette.surface,
    }),
    element(
      'text',
      {
        ...{ x: left + (isLeft ? -10 : 10), y: top + at * 12, dy: '0.34em' },
        ...{ 'text-anchor': isLeft ? 'end' : 'start', fill: palette.ink },
        ...{ stroke: palette.surface, 'stroke-width': 4, 'paint-order': 'stroke' },
      },
      name,
    ),
  );
}

/** The plane in words: where the market stands, and the largest threshold there. */
export function frontierSentence({
  frontier,
  standing,
}: Pick<FrontierDrawing, 'frontier' | 'standing'>): string {
  if (standing.length === 0)
    return 'Threshold or bonus is not the same for all accounts, so that the market has no point in the plane';
  return standing
    .map(({ name, threshold, bonus }) => {
      const line = lineAt(frontier.points, bonus);
      const where =
        line === undefined
          ? ''
          : `, ${threshold > line ? 'toxic' : 'not toxic'}: the line is at about ${percent(line, 2)} there`;
      return `${name === 'now' ? 'Now' : 'As advised'}: threshold ${percent(threshold, 2)} with a bonus of ${percent(bonus, 2)}${where}`;
    })
    .join('; ');
}

/** Between the two points around a bonus, along a straight line; undefined beyond the last. */
function lineAt(points: Frontier['points'], bonus: number): number | undefined {
  const after = points.findIndex((point) => point.bonus >= bonus);
  const [to, from] = [points[after], points[after - 1]];
  if (!to || !from) return to?.threshold;
  const part = (bonus - from.bonus) / (to.bonus - from.bonus);
  return from.threshold + part * (to.threshold - from.threshold);
}
