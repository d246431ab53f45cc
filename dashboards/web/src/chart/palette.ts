/** Charts carry their colours as attributes, so that they look the same on the page and in a report without a stylesheet. */
export type Theme = 'light' | 'dark';

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly surface: string;
  /** Fills of categories. Okabe and Ito (2008), told apart with any colour vision; black left out, it is the ink. */
  readonly categories: readonly string[];
}

const LIGHT: Palette = {
  ink: '#141b26',
  muted: '#566373',
  line: '#e1e6ec',
  surface: '#ffffff',
  categories: ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#d55e00', '#56b4e9', '#f0e442'],
};

const DARK: Palette = {
  ink: '#e8edf4',
  muted: '#9dabbc',
  line: '#2a3543',
  surface: '#151c26',
  categories: ['#56b4e9', '#e69f00', '#33c39b', '#e39ac4', '#f0894a', '#3d8fd1', '#f0e442'],
};

export const paletteOf = (theme: Theme): Palette => (theme === 'dark' ? DARK : LIGHT);

/** The fill of the i-th category; after the last colour they start again. */
export function categoryColour(palette: Palette, i: number): string {
  return palette.categories[i % palette.categories.length] ?? palette.ink;
}
