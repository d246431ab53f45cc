import type { HeatmapAnswer } from '../../graph/answers.ts';
import type { Markup } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { usd } from '../../format/number.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { cellKey, cellSentence, heatmapChart, type HeatmapDrawing } from './chart.ts';
import { HEATMAP, inFamilies, MOVES, type Heatmap } from './load.ts';
import { MEASURE_IDS } from './measure.ts';

let map: Heatmap;
beforeAll(async () => {
  map = (await toyAnswer<HeatmapAnswer>(HEATMAP, { moves: MOVES })).heatmap;
});

const drawing = (change: Partial<HeatmapDrawing> = {}): HeatmapDrawing => ({
  ...{ rows: map.rows, moves: map.moves, measure: 'liquidated', floorUsd: 0, theme: 'light', width: 760 },
  ...change,
});

function cells(chart: Markup): Markup[] {
  const inside = chart.children.filter((child): child is Markup => typeof child !== 'string').flatMap(cells);
  return chart.attributes['role'] === 'gridcell' ? [chart] : inside;
}

test('one described cell per row and move, with its number written in it', () => {
  const drawn = cells(heatmapChart(drawing()));
  expect(drawn).toHaveLength(map.rows.length * MOVES.length);
  for (const row of map.rows) {
    for (const cell of row.cells) {
      const found = drawn.find(({ key }) => key === cellKey(row.name, cell.move));
      expect(found?.attributes['aria-label']).toBe(cellSentence(row, cell));
      expect(found && toHtml(found)).toContain(`>${usd(cell.liquidatedUsd)}</text>`);
    }
  }
});

test('equal drawings are equal to the byte, and none holds a NaN', () => {
  for (const measure of MEASURE_IDS) {
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
  const first = map.rows[0]?.name ?? '';
  const changed = { keys: new Set([cellKey(first, -0.1), cellKey(first, -0.3)]), generation: 4 };
  const place = { asset: 0, move: 3 };
  const drawn = cells(heatmapChart(drawing({ chosen: place, reachable: { asset: 1, move: 1 }, changed })));
  const having = (name: string, value: string | number) =>
    drawn.filter(({ attributes }) => attributes[name] === value);
  expect(having('aria-selected', 'true').map(({ key }) => key)).toEqual([cellKey(first, -0.2)]);
  expect(having('tabindex', 0)).toHaveLength(1);
  expect(drawn.filter((cell) => toHtml(cell).includes('class="pulse"'))).toHaveLength(2);
});

test('amplification of next to nothing is written, but neither coloured nor what colours go by', () => {
  const [first, second] = map.rows[0]!.cells;
  const small = { ...first!, move: -0.1, liquidatedUsd: 160_000, amplification: 32 };
  const large = { ...second!, move: -0.2, liquidatedUsd: 9e6, amplification: 1.4 };
  const rows = [{ ...map.rows[0]!, cells: [small, large] }];
  const drawn = (floorUsd: number) =>
    cells(heatmapChart(drawing({ rows, moves: [-0.1, -0.2], measure: 'amplification', floorUsd }))).map(
      toHtml,
    );
  const [tiny = '', real = ''] = drawn(1e6);
  expect(tiny).toContain('>32.0×</text>');
  expect(tiny).toContain('fill-opacity="0.45"');
  expect(real).not.toContain('fill-opacity="0.45"');
  // Alone it has the strongest colour; with the small one it would be near the weakest.
  expect(real.match(/fill="[^"]*"/)).not.toEqual(drawn(0)[1]!.match(/fill="[^"]*"/));
});

test('narrow windows get moves down and assets across, the same cells', () => {
  const [wide, narrow] = [cells(heatmapChart(drawing())), cells(heatmapChart(drawing({ width: 310 })))];
  const keys = (drawn: Markup[]) => drawn.map(({ key }) => key).sort();
  expect(keys(narrow)).toEqual(keys(wide));
});

test('no assets, no cells, no error', () => {
  expect(cells(heatmapChart(drawing({ rows: [] })))).toEqual([]);
});

test('falls stand apart from rises, which say so', () => {
  const drawn = toHtml(heatmapChart(drawing({ width: 1_000 })));
  expect(drawn).toContain('>−60\u202f%</text>');
  expect(drawn).toContain('>+10\u202f%</text>');
  const xOf = (move: number) =>
    Number(
      /translate\(([\d.]+)/.exec(
        String(
          cells(heatmapChart(drawing({ width: 1_000 }))).find(
            ({ key }) => key === cellKey(map.rows[0]!.name, move),
          )?.attributes['transform'],
        ),
      )?.[1],
    );
  const step = xOf(-0.1) - xOf(-0.05);
  expect(xOf(-0.6) - xOf(-0.5)).toBe(step);
  expect(xOf(0.1) - xOf(-0.6)).toBeGreaterThan(step);
});

test('what is owed loses by a rise, what is held by a fall', () => {
  const row = map.rows.find(({ name }) => name === 'ETH');
  for (const move of [-0.4, 0.5])
    expect(row?.cells.find((cell) => cell.move === move)?.lossUsd).toBeGreaterThan(0);
});

test('a discount of its own says what it hangs on, wide and narrow; references show their price', () => {
  expect(toHtml(heatmapChart(drawing()))).toContain('>from WETH</text>');
  expect(toHtml(heatmapChart(drawing({ width: 310 })))).toContain('>/ WETH</text>');
  expect(toHtml(heatmapChart(drawing()))).toContain('>$3,184.52</text>');
});

test('what is tied stands right after its reference, large families first', () => {
  const row = (kind: 'reference' | 'asset', symbol: string, family: string[] = [symbol]) => ({
    kind,
    symbol,
    family,
  });
  const rows = [
    row('reference', 'LINK'),
    row('asset', 'stETH'),
    row('asset', 'WBTC'),
    row('reference', 'BTC', ['WBTC']),
    row('asset', 'wstETH'),
    row('reference', 'ETH', ['WETH', 'stETH', 'wstETH']),
    row('asset', 'USDC'),
  ];
  expect(inFamilies(rows).map(({ symbol }) => symbol)).toEqual([
    ...['ETH', 'stETH', 'wstETH', 'BTC', 'WBTC', 'LINK', 'USDC'],
  ]);
});
