import { paletteOf } from '../../chart/palette.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { HeatmapDrawing } from './chart.ts';
import { comparedValues, MEASURES } from './measure.ts';
import { heatScale } from './scale.ts';

const WIDTH = 300;
const STEPS = 30;

/** The colours of a measure with the values they stand for. */
export function heatmapLegend({
  rows,
  measure,
  floorUsd,
  theme,
}: Pick<HeatmapDrawing, 'rows' | 'measure' | 'floorUsd' | 'theme'>): Markup {
  const { tick: format, name } = MEASURES[measure];
  const scale = heatScale(measure, theme, comparedValues(rows, measure, floorUsd));
  const palette = paletteOf(theme);
  const [left, right] = [44, WIDTH - 24];
  const first = scale.ticks[0]?.value ?? 0;
  const last = scale.ticks.at(-1)?.value ?? 0;
  return element(
    'svg',
    {
      class: 'legend',
      role: 'img',
      'aria-label': `Colours from ${format(first)} to ${format(last)}: ${name}`,
      width: WIDTH,
      height: 34,
      viewBox: `0 0 ${WIDTH} 34`,
      'font-family': 'system-ui, sans-serif',
      'font-size': 11,
    },
    element('rect', { x: 0, y: 2, width: 14, height: 12, rx: 2, fill: palette.line, 'fill-opacity': 0.45 }),
    element(
      'text',
      { x: 7, y: 29, 'text-anchor': 'middle', fill: palette.muted },
      measure === 'amplification' ? '–' : '0',
    ),
    Array.from({ length: STEPS }, (_, i) =>
      element('rect', {
        x: left + ((right - left) * i) / STEPS,
        y: 2,
        width: (right - left) / STEPS + 0.5,
        height: 12,
        fill: scale.fillAt(i / (STEPS - 1)),
      }),
    ),
    scale.ticks.map(({ value: labelled, at }) =>
      element(
        'text',
        { x: left + (right - left) * at, y: 29, 'text-anchor': 'middle', fill: palette.muted },
        format(labelled),
      ),
    ),
  );
}
