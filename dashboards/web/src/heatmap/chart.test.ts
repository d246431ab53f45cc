import type { HeatmapAnswer } from '../graph/answers.ts';
import type { Markup } from '../markup/element.ts';
import { toHtml } from '../markup/to-html.ts';
import { usd } from '../format/number.ts';
import { toyAnswer } from '../../test-server/toy-answers.ts';
import { cellKey, cellSentence, heatmapChart, type HeatmapDrawing } from './chart.ts';
import { DROPS, HEATMAP, inFamilies, type Heatmap } from './load.ts';

let map: Heatmap;
beforeAll(async () => {
  map = (await toyAnswer<HeatmapAnswer>(HEATMAP, { drops: DROPS })).heatmap;
});

const drawing = (change: Partial<HeatmapDrawing> = {}): HeatmapDrawing => ({
  ...{ rows: map.rows, drops: map.drops, measure: 'liquidated', theme: 'light', width: 760 },
  ...change,
});

function cells(chart: Markup): Markup[] {
  const inside = chart.children.filter((child): child is Markup => typeof child !== 'string').flatMap(cells);
  return chart.attributes['role'] === 'gridcell' ? [chart] : inside;
}

test('one described cell per asset and drop, with its number written in it', () => {
  const drawn = cells(heatmapChart(drawing()));
  expect(drawn).toHaveLength(map.rows.length * 12);
  for (const row of map.rows) {
    for (const cell of row.cells) {
      const found = drawn.find(({ key }) => key === cellKey(row.asset, cell.drop));
      expect(found?.attributes['aria-label']).toBe(cellSentence(row, cell));
      expect(found && toHtml(found)).toContain(`>${usd(cell.liquidatedUsd)}</text>`);
    }
  }
});

test('equal drawings are equal to the byte, and none holds a NaN', () => {
  for (const measure of ['liquidated', 'bad-debt', 'amplification'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      for (const width of [310, 760, 1_400]) {
        const once = toHtml(heatmapChart(drawing({ measure, theme, width })));
        expect(once).toBe(toHtml(heatmapChart(drawing({ measure, theme, width }))));
        expect(once).not.toMatch(/NaN|undefined|Infinity|null/);
      }
    }
  }
});

test('one cell is chosen, one is reached by Tab, changed ones pulse', () => {
  const first = map.rows[0]?.asset ?? '';
  const changed = { keys: new Set([cellKey(first, 0.1), cellKey(first, 0.3)]), generation: 4 };
  const place = { asset: 0, drop: 3 };
  const drawn = cells(heatmapChart(drawing({ chosen: place, reachable: { asset: 1, drop: 1 }, changed })));
  const having = (name: string, value: string | number) =>
    drawn.filter(({ attributes }) => attributes[name] === value);
  expect(having('aria-selected', 'true').map(({ key }) => key)).toEqual([cellKey(first, 0.2)]);
  expect(having('tabindex', 0)).toHaveLength(1);
  expect(drawn.filter((cell) => toHtml(cell).includes('class="pulse"'))).toHaveLength(2);
});

test('narrow windows get drops down and assets across, the same cells', () => {
  const [wide, narrow] = [cells(heatmapChart(drawing())), cells(heatmapChart(drawing({ width: 310 })))];
  const keys = (drawn: Markup[]) => drawn.map(({ key }) => key).sort();
  expect(keys(narrow)).toEqual(keys(wide));
});

test('no assets, no cells, no error', () => {
  expect(cells(heatmapChart(drawing({ rows: [] })))).toEqual([]);
});

test('a derived asset says that its row is a ratio, wide and narrow; others show their price', () => {
  expect(toHtml(heatmapChart(drawing()))).toContain('>ratio to WETH</text>');
  expect(toHtml(heatmapChart(drawing({ width: 310 })))).toContain('>/ WETH</text>');
  expect(toHtml(heatmapChart(drawing())).match(/ratio to/g)).toHaveLength(1);
  expect(toHtml(heatmapChart(drawing()))).toContain('>$3,184.52</text>');
});

test('what is derived stands right after its base, large families first', () => {
  const row = (asset: string, base?: string) => ({
    asset,
    derivedFrom: base === undefined ? null : { asset: base, symbol: base },
  });
  const rows = [
    row('LINK'),
    row('stETH', 'ETH'),
    row('vBTC', 'BTC'),
    row('ETH', 'WETH'),
    row('BTC'),
    row('WETH'),
  ];
  expect(inFamilies(rows).map(({ asset }) => asset)).toEqual(['WETH', 'stETH', 'ETH', 'BTC', 'vBTC', 'LINK']);
  expect(inFamilies([row('A', 'B'), row('B', 'A')])).toHaveLength(2);
});
