import { element, still, type Markup, type Theme } from '@undertow/web';
import type { ReportChart } from './chart.ts';
import { withIds } from './with-ids.ts';

/** Of a window or a sheet of paper, and of a phone. */
const WIDTHS = { wide: 900, narrow: 336 } as const;
const THEMES: readonly Theme[] = ['light', 'dark'];

/**
 * A chart as a part of a page: drawn for each theme and for wide and narrow windows, of which the stylesheet shows one, so that it is
 * right without a script.
 */
export function chartFigure(chart: ReportChart): Markup {
  const { name, title, words, draw } = chart;
  const looks = THEMES.flatMap((theme) =>
    (['wide', 'narrow'] as const).map((size) => {
      const { svg, legend } = draw({ theme, width: WIDTHS[size] });
      const prefix = `${name}-${theme}-${size}-`;
      return element(
        'div',
        { class: `look ${theme} ${size}` },
        legend && withIds(legend.tag === 'svg' ? drawn(legend, `Key of ${title}`) : legend, `${prefix}key-`),
        withIds(drawn(svg, `${title}. ${words}`), prefix),
      );
    }),
  );
  return element(
    'section',
    { id: `chart-${name}` },
    element('h2', {}, title),
    element('figure', {}, looks, element('figcaption', {}, words)),
  );
}

/** A drawing as a picture with its words; without what only the dashboard can do with it. */
function drawn(svg: Markup, label: string): Markup {
  const picture = still(svg);
  const pieces = picture.children.filter((child) => typeof child === 'string' || child.tag !== 'title');
  return element('svg', { ...picture.attributes, role: 'img', 'aria-label': label }, pieces);
}
