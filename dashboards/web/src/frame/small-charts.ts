import { element, type Markup, type Piece } from '../markup/element.ts';
import type { State } from './state.ts';

const SMALLEST = 210;
/** Pixels between two, as in the style of `.small-charts`. */
const GAP = 14;

/** One small chart with what is said above it. */
export interface SmallChart {
  readonly key: string;
  readonly title: string;
  /** Shown as a tip of the title. */
  readonly tip?: string;
  readonly words: string;
  readonly draw: (width: number) => Piece;
}

/** Charts side by side, as many in a row as there is room for; drawn once the room is known (`State.widths`, by `name`). */
export function smallCharts(
  { widths }: Pick<State, 'widths'>,
  name: string,
  charts: readonly SmallChart[],
): Markup {
  const width = widths[name] ?? 0;
  const columns = Math.max(1, Math.floor(width / SMALLEST));
  const chartWidth = Math.floor((width - (columns - 1) * GAP) / columns);
  return element(
    'div',
    { class: 'plot', 'data-measure-width': name, key: 'plot' },
    element(
      'ul',
      { class: 'small-charts' },
      charts.map(({ key, title, tip, words, draw }) =>
        element(
          'li',
          { key },
          element('b', { title: tip }, title),
          element('p', { class: 'source' }, words),
          width > 0 && draw(chartWidth),
        ),
      ),
    ),
  );
}
