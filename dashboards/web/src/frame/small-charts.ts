import { exported, type DataTable, type Picture } from '../export/exportable.ts';
import { element, type Markup } from '../markup/element.ts';
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
  /** Nothing where there is nothing to draw yet. */
  readonly draw: (width: number) => Markup | undefined;
}

/** What charts side by side are together. */
export interface SmallChartsTogether {
  /** Of their width in the state, and of their file. */
  readonly name: string;
  /** Of their file. */
  readonly title: string;
  readonly data: () => DataTable;
}

/** Charts side by side, as many in a row as there is room for; drawn once the room is known (`State.widths`, by name), kept as one file. */
export function smallCharts(
  { widths }: Pick<State, 'widths'>,
  { name, title: whole, data }: SmallChartsTogether,
  charts: readonly SmallChart[],
): Markup {
  const width = widths[name] ?? 0;
  const columns = Math.max(1, Math.floor(width / SMALLEST));
  const chartWidth = Math.floor((width - (columns - 1) * GAP) / columns);
  const all = charts.map((one) => ({ ...one, svg: width > 0 ? one.draw(chartWidth) : undefined }));
  const pictures = all.flatMap(({ title, words, svg }): Picture[] => (svg ? [{ title, words, svg }] : []));
  const drawn = element(
    'div',
    { class: 'plot', 'data-measure-width': name, key: 'plot' },
    element(
      'ul',
      { class: 'small-charts' },
      all.map(({ key, title, tip, words, svg }) =>
        element(
          'li',
          { key },
          element('b', { title: tip }, title),
          element('p', { class: 'source' }, words),
          svg,
        ),
      ),
    ),
  );
  if (pictures.length === 0) return drawn;
  return exported(drawn, { id: name, title: whole, data, pictures: () => pictures });
}
