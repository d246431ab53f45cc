import { element, type Markup } from '../markup/element.ts';
import { paletteOf, type Theme } from './palette.ts';
import { patternFills, type PatternName } from './pattern.ts';

/** One amount of a row. */
export interface Bar {
  readonly pattern: PatternName;
  /** What is not above 0 has no bar. */
  readonly value: number;
}

/** Amounts that are held against each other, one under the other. */
export interface BarRow {
  readonly name: string;
  /** Beside the name. */
  readonly said: string;
  /** All of it in one sentence, for who does not see the bars. */
  readonly words: string;
  readonly bars: readonly Bar[];
}

export interface BarRowsDrawing {
  /** Names it among the drawings of the page: letters and hyphens. */
  readonly id: string;
  readonly rows: readonly BarRow[];
  readonly theme: Theme;
  readonly width: number;
}

const HEAD = 20;
const BAR = 10;
const GAP = 12;

/** Rows of bars on one scale, told apart by pattern, so that colours can be left to the venues. */
export function barRows({ id, rows, theme, width }: BarRowsDrawing): Markup {
  const palette = paletteOf(theme);
  const { definitions, fillOf } = patternFills(id, palette);
  const most = Math.max(1, ...rows.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const heights = rows.map(({ bars }) => HEAD + bars.length * BAR + GAP);
  const tops = heights.map((_, i) => heights.slice(0, i).reduce((sum, one) => sum + one, 0));
  const height = heights.reduce((sum, one) => sum + one, 0);
  return element(
    'svg',
    {
      ...{ class: 'bar-rows', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': rows.map(({ words }) => words).join('; '),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 12 },
    },
    definitions,
    rows.map(({ name, said, words, bars }, row) =>
      element(
        'g',
        { key: name, transform: `translate(0,${tops[row]})` },
        element('title', {}, words),
        element('text', { y: 13, fill: palette.ink, 'font-weight': 600 }, name),
        element('text', { x: width, y: 13, 'text-anchor': 'end', fill: palette.muted }, said),
        bars.map(
          ({ pattern, value }, place) =>
            value > 0 &&
            element('rect', {
              ...{ key: place, x: 0.5, y: HEAD + place * BAR, height: BAR - 1 },
              width: Math.max(1, (value / most) * (width - 1)),
              ...{ fill: fillOf(pattern), stroke: palette.ink, 'stroke-width': 0.8 },
            }),
        ),
      ),
    ),
  );
}
