import { usd } from '../../format/number.ts';
import type { ExposuresAnswer } from '../../graph/answers.ts';
import type { Markup } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { exposureChart } from './chart.ts';
import { EXPOSURES, type Exposures } from './load.ts';

let exposures: Exposures;
beforeAll(async () => {
  ({ exposures } = await toyAnswer<ExposuresAnswer>(EXPOSURES));
});

function all(markup: Markup, isMeant: (one: Markup) => boolean): Markup[] {
  const inside = markup.children
    .filter((child): child is Markup => typeof child !== 'string')
    .flatMap((child) => all(child, isMeant));
  return isMeant(markup) ? [markup, ...inside] : inside;
}
const cellsOf = (chart: Markup) => all(chart, ({ attributes }) => attributes['role'] === 'cell');
const barsOf = (chart: Markup) =>
  all(chart, ({ tag }) => tag === 'rect').map((bar) => Number(bar.attributes['width']));

test('one described cell per venue and asset, with its numbers written in it', () => {
  const cells = cellsOf(exposureChart({ exposures, theme: 'light', width: 1_300 }));
  expect(cells).toHaveLength(exposures.venues.length * exposures.assets.length);
  const written = cells.map((cell) => toHtml(cell));
  exposures.venues.forEach(({ cells: own }, row) =>
    own.forEach(({ collateralUsd, debtUsd }, column) => {
      const html = written[row * exposures.assets.length + column];
      if (collateralUsd > 0) expect(html).toContain(`>${usd(collateralUsd)}</text>`);
      if (debtUsd > 0) expect(html).toContain(`>${usd(debtUsd)}</text>`);
      if (collateralUsd + debtUsd === 0) expect(html).toContain(': nothing"');
    }),
  );
});

test('all bars have one scale; cash, which no shock moves, has none', () => {
  const isCash = (column: number) => exposures.assets[column]?.isFixed === true;
  const values = exposures.venues
    .flatMap(({ cells }) => cells.filter((_, column) => !isCash(column)))
    .flatMap(({ collateralUsd, debtUsd }) => [collateralUsd, debtUsd])
    .filter((value) => value > 0);
  expect(exposures.assets.filter(({ isFixed }) => isFixed)).toHaveLength(1);
  const widths = barsOf(exposureChart({ exposures, theme: 'light', width: 1_300 }));
  const pixelsPerUsd = Math.max(...widths) / Math.max(...values);
  expect(widths).toHaveLength(values.length);
  values.forEach((value, i) => expect(widths[i]).toBeCloseTo(Math.max(1, value * pixelsPerUsd), 6));
});

test('narrow windows show the same cells that hold something', () => {
  const labels = (width: number) =>
    cellsOf(exposureChart({ exposures, theme: 'dark', width }))
      .map(({ attributes }) => String(attributes['aria-label']))
      .filter((label) => !label.endsWith('nothing'))
      .sort();
  expect(labels(300)).toEqual(labels(1_300));
  expect(labels(300).length).toBeGreaterThan(10);
});

test('cash has numbers and no bars, and does not shorten the bars of the rest', () => {
  const cash = exposures.assets.findIndex(({ asset }) => asset.symbol === 'USDC');
  const huge = {
    assets: exposures.assets.map((asset, i) => ({ ...asset, isFixed: i === cash })),
    venues: exposures.venues.map(({ venue, cells }) => ({
      venue,
      cells: cells.map((cell, i) => (i === cash ? { ...cell, debtUsd: 1e12 } : cell)),
    })),
  };
  const drawn = exposureChart({ exposures: huge, theme: 'light', width: 1_300 });
  expect(toHtml(drawn)).toContain('fixed at');
  const widths = barsOf(drawn);
  const others = exposures.venues.flatMap(({ cells }) =>
    cells.flatMap(({ collateralUsd, debtUsd }, i) => (i === cash ? [] : [collateralUsd, debtUsd])),
  );
  expect(widths).toHaveLength(others.filter((value) => value > 0).length);
  expect(Math.max(...widths)).toBeGreaterThan(100);
});

test('nothing known draws without NaN', () => {
  for (const width of [280, 1_300])
    expect(
      toHtml(exposureChart({ exposures: { assets: [], venues: [] }, theme: 'light', width })),
    ).not.toMatch(/NaN|undefined|Infinity/);
});
