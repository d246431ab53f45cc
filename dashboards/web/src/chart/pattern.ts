import { element, type Markup } from '../markup/element.ts';
import type { Palette } from './palette.ts';

/** Ways to fill a shape without a hue, so that colours can be left to the venues. */
export type PatternName = 'stripes' | 'dots' | 'solid' | 'hollow';

/** What a shape is filled with, and the definitions that its drawing needs for that. */
export interface PatternFills {
  readonly definitions: Markup;
  readonly fillOf: (name: PatternName) => string;
}

/** All patterns in the ink of a palette; `prefix` keeps their ids apart from those of other drawings on the page. */
export function patternFills(prefix: string, palette: Palette): PatternFills {
  const tile = (name: PatternName, ...marks: Markup[]) =>
    element(
      'pattern',
      { id: `${prefix}-${name}`, key: name, width: 6, height: 6, patternUnits: 'userSpaceOnUse' },
      element('rect', { width: 6, height: 6, fill: palette.surface }),
      marks,
    );
  const line = (d: string) => element('path', { d, stroke: palette.ink, 'stroke-width': 1.6, fill: 'none' });
  return {
    definitions: element(
      'defs',
      { key: 'patterns' },
      // Two corners continue the line, so that it does not break at the edges of the tiles.
      tile('stripes', line('M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5')),
      tile('dots', element('circle', { cx: 3, cy: 3, r: 1.3, fill: palette.ink })),
    ),
    fillOf: (name) => {
      if (name === 'solid') return palette.muted;
      return name === 'hollow' ? palette.surface : `url(#${prefix}-${name})`;
    },
  };
}

/** Patterns and what they stand for. */
export function patternKey(
  entries: readonly { readonly name: string; readonly pattern: PatternName }[],
  palette: Palette,
): Markup {
  return element(
    'ul',
    { class: 'key' },
    entries.map(({ name, pattern }) => {
      const { definitions, fillOf } = patternFills(`key-${pattern}`, palette);
      return element(
        'li',
        { key: name },
        element(
          'svg',
          { width: 22, height: 13, 'aria-hidden': 'true' },
          definitions,
          element('rect', {
            ...{ x: 0.5, y: 0.5, width: 21, height: 12, rx: 2 },
            ...{ fill: fillOf(pattern), stroke: palette.ink },
          }),
        ),
        name,
      );
    }),
  );
}
