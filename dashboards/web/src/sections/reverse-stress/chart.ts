import { line as linePath, scaleLinear } from 'd3';
import { categoryColour, paletteOf, type Theme } from '../../chart/palette.ts';
import { usd, usdTick } from '../../format/number.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { StressPoint } from './load.ts';

export interface PathDrawing {
  readonly path: readonly Pick<StressPoint, 'distance' | 'lossUsd'>[];
  /** The loss that was looked for, USD. */
  readonly target: number;
  readonly theme: Theme;
  readonly width: number;
}

const HEIGHT = 170;
const BOX = { left: 56, right: 14, top: 10, bottom: HEIGHT - 34 };

/** What is lost along the way to the move that loses so much, which is marked. */
export function pathChart(drawing: PathDrawing): Markup {
  const { path, target, theme, width } = drawing;
  const palette = paletteOf(theme);
  const end = path.at(-1) ?? { distance: 1, lossUsd: 0 };
  const x = scaleLinear()
    .domain([0, end.distance || 1])
    .range([BOX.left, width - BOX.right]);
  const y = scaleLinear()
    .domain([0, Math.max(target, ...path.map(({ lossUsd }) => lossUsd))])
    .nice(4)
    .range([BOX.bottom, BOX.top]);
  const draw = linePath<PathDrawing['path'][number]>()
    .x(({ distance }) => x(distance))
    .y(({ lossUsd }) => y(lossUsd));
  const colour = categoryColour(palette, 0);
  return element(
    'svg',
    {
      ...{ class: 'stress-path', role: 'img', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-label': pathSentence(drawing),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    y.ticks(4).map((value) =>
      element(
        'g',
        { key: `loss ${value}` },
        element('line', {
          ...{ x1: BOX.left, x2: width - BOX.right, y1: y(value), y2: y(value), stroke: palette.line },
        }),
        element(
          'text',
          { x: BOX.left - 6, y: y(value), dy: '0.34em', 'text-anchor': 'end', fill: palette.muted },
          usdTick(value),
        ),
      ),
    ),
    element('line', {
      ...{ key: 'target', x1: BOX.left, x2: width - BOX.right, y1: y(target), y2: y(target) },
      ...{ stroke: palette.ink, 'stroke-dasharray': '4 3' },
    }),
    element('path', { key: 'path', d: draw(path) ?? '', fill: 'none', stroke: colour, 'stroke-width': 2 }),
    element('circle', {
      ...{ key: 'end', cx: x(end.distance), cy: y(end.lossUsd), r: 4 },
      fill: categoryColour(palette, 4),
    }),
    x.ticks(Math.max(2, Math.floor(width / 120))).map((value) =>
      element(
        'text',
        {
          key: `distance ${value}`,
          x: x(value),
          y: BOX.bottom + 15,
          'text-anchor': 'middle',
          fill: palette.muted,
        },
        String(value),
      ),
    ),
    element(
      'text',
      { key: 'axis', x: width - BOX.right, y: HEIGHT - 4, 'text-anchor': 'end', fill: palette.muted },
      'distance, standard deviations',
    ),
  );
}

/** The way in words. */
export function pathSentence({ path, target }: Pick<PathDrawing, 'path' | 'target'>): string {
  const end = path.at(-1);
  if (!end) return 'no way';
  const half = path[Math.floor((path.length - 1) / 2)]!;
  return `From no move to ${usd(end.lossUsd)} at a distance of ${end.distance.toFixed(2)}, where at least ${usd(target)} is lost; half-way there ${usd(half.lossUsd)}`;
}
