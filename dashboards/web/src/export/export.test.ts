import { pages } from '../../test-server/all-pages.ts';
import { answered, draw } from '../../test-server/draw-page.ts';
import { toyState } from '../../test-server/toy-state.ts';
import { answerOf } from '../frame/asked.ts';
import type { State } from '../frame/state.ts';
import type { Markup } from '../markup/element.ts';
import { heatmap } from '../sections/heatmap/asked.ts';
import { history } from '../sections/history/asked.ts';
import { exportablesIn } from './exportable.ts';
import { toCsv } from './to-csv.ts';
import { toSvgFile } from './to-svg.ts';

const NOW = 1_795_175_400;
const STAMP = {
  ...{ network: 'devnet', block: 1, hash: '0x1', bookHash: '0x2', address: 'http://127.0.0.1/', at: NOW },
};
let full: State;
let drawn: readonly Markup[];
beforeAll(async () => {
  const toy = await toyState(NOW);
  const lines = answerOf(toy, history).value ?? [];
  const longer = lines.map((line) => ({
    ...line,
    points: [...line.points, { ...line.points[0]!, time: NOW }],
  }));
  full = answered(toy, history, longer);
  drawn = Object.values(await pages()).flatMap((page) => draw(full, page));
});

/** All elements of a kind within some that can be kept as no file themselves. */
function without(markup: Markup, isOfKind: (one: Markup) => boolean): Markup[] {
  if (exportablesIn(markup).length > exportablesIn(markup.children).length) return [];
  const inner = markup.children.flatMap((child) =>
    typeof child === 'string' ? [] : without(child, isOfKind),
  );
  return isOfKind(markup) ? [markup, ...inner] : inner;
}

test('every table and every chart can be kept as a file', () => {
  // Not what only explains: a legend, a key, a mark.
  const isChart = ({ tag, attributes }: Markup) =>
    tag === 'table' ||
    (tag === 'svg' && attributes['aria-hidden'] === undefined && attributes['class'] !== 'legend');
  expect(drawn.flatMap((part) => without(part, isChart)).map(({ attributes }) => attributes)).toEqual([]);
});

test('each has a place in the menu of its panel, once, with the block and book that its panel stands at', () => {
  const all = drawn.flatMap(exportablesIn);
  const inMenus = all.filter(({ origin }) => origin !== undefined);
  // A section may stand on several pages.
  const ids = [...new Set(inMenus)].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)));
  for (const id of [
    'heatmap-loss',
    'cascade',
    'exposure',
    'flows',
    'waterfall',
    'reproduction',
    'accounts',
    'markets',
  ])
    expect(ids).toContain(id);
  const { head, bookHash } = answerOf(full, heatmap).value!;
  expect(inMenus.find(({ id }) => id === 'heatmap-loss')?.origin).toMatchObject({
    block: head.block,
    bookHash,
  });
});

test('each is written: rows as wide as its columns, numbers unrounded, a picture without NaN', () => {
  for (const { id, title, data, pictures } of drawn.flatMap(exportablesIn)) {
    const table = data();
    expect([id, table.rows.every((row) => row.length === table.columns.length)]).toEqual([id, true]);
    expect([id, table.rows.length > 0]).toEqual([id, true]);
    expect([id, toCsv(table, STAMP).match(/NaN|undefined|null|Infinity|\$/)]).toEqual([id, null]);
    if (pictures) {
      const { svg } = toSvgFile({ title, pictures: pictures(), theme: 'light', stamp: STAMP });
      expect([id, svg.match(/NaN|undefined|Infinity/)]).toEqual([id, null]);
    }
  }
  const map = drawn.flatMap(exportablesIn).find(({ id }) => id === 'heatmap-loss')!;
  const losses = answerOf(full, heatmap).value!.rows.flatMap(({ cells }) =>
    cells.map(({ lossUsd }) => lossUsd),
  );
  const column = map.data().columns.findIndex(({ name }) => name === 'Loss');
  expect(map.data().rows.map((row) => row[column])).toEqual(losses);
});
