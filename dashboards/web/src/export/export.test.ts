import type { Markup } from '../markup/element.ts';
import { answerOf } from '../frame/asked.ts';
import type { State } from '../frame/state.ts';
import { windows as windowsOf } from '../../test-server/all-pages.ts';
import { toyState } from '../../test-server/toy-state.ts';
import { heatmap } from '../sections/heatmap/asked.ts';
import { exportablesIn } from './exportable.ts';
import { toCsv } from './to-csv.ts';
import { toSvgFile } from './to-svg.ts';

const NOW = 1_795_175_400;
const STAMP = {
  ...{ network: 'devnet', block: 1, hash: '0x1', bookHash: '0x2', address: 'http://127.0.0.1/', at: NOW },
};
let full: State;
/** Every page as it is drawn, the one of scenarios with each of its tabs. */
let windows: readonly (readonly Markup[])[];
let drawn: readonly Markup[];
beforeAll(async () => {
  full = await toyState(NOW);
  windows = await windowsOf(full);
  drawn = windows.flat();
});

const lossesOf = (state: State) => {
  const { value } = answerOf(state, heatmap);
  if (!value) throw new Error('the example has a heatmap');
  return value;
};

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
  for (const window of windows) {
    const all = window.flatMap(exportablesIn);
    const ids = all.filter(({ origin }) => origin !== undefined).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids)).toEqual(new Set(all.map(({ id }) => id)));
  }
  const inMenus = drawn.flatMap(exportablesIn).filter(({ origin }) => origin !== undefined);
  const ids = inMenus.map(({ id }) => id);
  for (const id of [
    'heatmap-loss',
    'cascade',
    'exposure',
    'flows',
    'waterfall',
    'reproduction',
    'accounts',
    'markets',
    'sweep-loss',
    'sweep-worst',
  ])
    expect(ids).toContain(id);
  const { head, bookHash } = lossesOf(full);
  // What is live, or was measured over time, is of no one block.
  const ofNoBlock = new Set([
    ...['liquidations', 'history', 'changes', 'incidents', 'gaps'],
    ...['open-flags', 'over-flags', 'flag-rules', 'sweeps', 'advices', 'advice-runs', 'reports'],
  ]);
  for (const { id, origin } of inMenus) {
    if (ofNoBlock.has(id.replaceAll(/^(fall|venue)-(?=history)|-measures$/g, ''))) continue;
    expect({ id, ...origin }).toEqual({
      id,
      block: head.block,
      hash: head.hash,
      bookHash: expect.any(String),
    });
  }
  expect(inMenus.find(({ id }) => id === 'markets')?.origin?.bookHash).toBe(bookHash);
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
  const heatmap = drawn.flatMap(exportablesIn).find(({ id }) => id === 'heatmap-loss')!;
  const losses = lossesOf(full).rows.flatMap(({ cells }) => cells.map(({ lossUsd }) => lossUsd));
  const column = heatmap.data().columns.findIndex(({ name }) => name === 'Loss');
  expect(heatmap.data().rows.map((row) => row[column])).toEqual(losses);
});
