import { paletteOf } from '../../chart/palette.ts';
import type { Markup } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { BEARERS, waterfallChart, waterfallSentence } from './chart.ts';

const rows = [
  { venue: 'musd', lossUsd: 300, fundUsd: 200, socialisedUsd: 60, leftUsd: 40, openUsd: 0 },
  { venue: 'aave-v3', lossUsd: 100, fundUsd: 0, socialisedUsd: 0, leftUsd: 75, openUsd: 25 },
];

function bars(markup: Markup): Markup[] {
  const inside = markup.children.filter((child): child is Markup => typeof child !== 'string').flatMap(bars);
  if (markup.tag === 'defs') return [];
  return markup.tag === 'rect' ? [markup] : inside;
}

test('one piece per bearer in the order in which they are asked, lengths are USD', () => {
  const drawn = bars(waterfallChart({ rows, theme: 'light', width: 362 }));
  expect(drawn.map(({ attributes }) => [attributes['x'], attributes['width']])).toEqual([
    [0, 200],
    [200, 60],
    [260, 40],
    [0, 75],
    [75, 25],
  ]);
});

test('bearers are told apart by pattern, each another, and by no hue', () => {
  const drawn = toHtml(waterfallChart({ rows, theme: 'light', width: 362 }));
  const fills = BEARERS.map(({ pattern }) => pattern);
  expect(new Set(fills).size).toBe(BEARERS.length);
  const colours = [...drawn.matchAll(/(?:fill|stroke)="(#[^"]+)"/g)].map(([, colour]) => colour);
  const { ink, muted, surface } = paletteOf('light');
  for (const colour of colours) expect([ink, muted, surface]).toContain(colour);
});

test('the words say the same', () => {
  expect(waterfallSentence(rows[0]!)).toBe(
    'MUSD: a loss of $300, $200 borne by funds, $60 taken off others, $40 left, covered by nobody, $0 not realised: open accounts',
  );
  expect(toHtml(waterfallChart({ rows: [], theme: 'dark', width: 300 }))).not.toMatch(
    /NaN|undefined|Infinity/,
  );
});
