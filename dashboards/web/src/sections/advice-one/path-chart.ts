import { scaleLinear, scaleUtc } from 'd3';
import { categoryColour, paletteOf, type Theme } from '../../chart/palette.ts';
import { minute } from '../../format/time.ts';
import { element, type Markup } from '../../markup/element.ts';
import { valueText } from '../advices/words.ts';

export interface PathDrawing {
  readonly steps: readonly { readonly time: number; readonly value: number }[];
  /** The present value, and the one that is advised. */
  readonly from: number;
  readonly to: number;
  readonly unit: string;
  readonly theme: Theme;
  readonly width: number;
}

const HEIGHT = 170;
const BOX = { left: 62, right: 20, top: 14, bottom: HEIGHT - 26 };

/** A value over time if each step is taken as early as it may be: level, then a step at each date, to the dashed line of what is advised. */
export function pathChart(drawing: PathDrawing): Markup {
  const { steps, from, to, unit, theme, width } = drawing;
  const palette = paletteOf(theme);
  const [first, last] = [steps[0]!.time, steps.at(-1)!.time];
  // Before the first step and after the last there is a little room, so that both are seen to be steps.
  const room = Math.max(86_400, (last - first) * 0.08);
  const x = scaleUtc()
    .domain([new Date((first - room) * 1_000), new Date((last + room) * 1_000)])
    .range([BOX.left, width - BOX.right]);
  const at = (time: number) => x(new Date(time * 1_000));
  const values = [from, to, ...steps.map(({ value }) => value)];
  const y = scaleLinear()
    .domain([Math.min(...values), Math.max(...values)])
    .nice(3)
    .range([BOX.bottom, BOX.top]);
  const line = steps.map(({ time, value }) => `H${at(time)}V${y(value)}`).join('');
  const colour = categoryColour(palette, 0);
  const text = (key: string, place: Readonly<Record<string, string | number>>, words: string) =>
    element('text', { key, fill: palette.muted, ...place }, words);
  return element(
    'svg',
    {
      ...{ class: 'path', role: 'img', width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
      'aria-label': pathSentence(drawing),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 10.5 },
    },
    y.ticks(3).map((value) => [
      element('line', {
        ...{ key: `at ${value}`, x1: BOX.left, x2: width - BOX.right, y1: y(value), y2: y(value) },
        stroke: palette.line,
      }),
      text(
        `value ${value}`,
        { x: BOX.left - 6, y: y(value), dy: '0.34em', 'text-anchor': 'end' },
        valueText({ value, unit }),
      ),
    ]),
    x
      .ticks(Math.max(2, Math.floor(width / 150)))
      .map((time) =>
        text(
          `day ${time.getTime()}`,
          { x: x(time), y: BOX.bottom + 16, 'text-anchor': 'middle' },
          x.tickFormat(4)(time),
        ),
      ),
    element('line', {
      ...{ key: 'advised', x1: BOX.left, x2: width - BOX.right, y1: y(to), y2: y(to) },
      ...{ stroke: palette.ink, 'stroke-dasharray': '4 3' },
    }),
    element('path', {
      ...{ key: 'path', d: `M${BOX.left},${y(from)}${line}H${width - BOX.right}`, fill: 'none' },
      ...{ stroke: colour, 'stroke-width': 2 },
    }),
    steps.map(({ time, value }) =>
      element(
        'circle',
        { key: `step ${time}`, cx: at(time), cy: y(value), r: 3.5, fill: colour },
        element('title', {}, `${minute(time)} UTC: ${valueText({ value, unit })}`),
      ),
    ),
  );
}

/** The same in words. */
export function pathSentence({ steps, from, to, unit }: Omit<PathDrawing, 'theme' | 'width'>): string {
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const text = (value: number) => valueText({ value, unit });
  return `From ${text(from)} in ${steps.length === 1 ? 'one step' : `${steps.length} steps`}, the first not before ${minute(first.time)} UTC, the last, to ${text(last.value)}, not before ${minute(last.time)} UTC; ${text(to)} is advised`;
}
