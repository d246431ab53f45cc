import type { Markup, Theme } from '@undertow/web';

/** A chart of a report: the page's own, drawn for a theme and a width. */
export interface ReportChart {
  /** Plain, as files are called by it. */
  readonly name: string;
  readonly title: string;
  /** What it shows, for whoever cannot see it. */
  readonly words: string;
  readonly draw: (look: { readonly theme: Theme; readonly width: number }) => ChartDrawing;
}

export interface ChartDrawing {
  readonly svg: Markup;
  /** What its colours stand for. */
  readonly legend?: Markup | undefined;
}
