import { element } from '../markup/element.ts';
import { paletteOf } from '../chart/palette.ts';
import type { Stamp } from './stamp.ts';
import { tablePicture, MOST_ROWS } from './table-picture.ts';
import { toSvgFile } from './to-svg.ts';

const STAMP: Stamp = {
  ...{ network: 'devnet', block: 18_342, hash: `0x${'a'.repeat(64)}`, bookHash: `0x${'b'.repeat(64)}` },
  ...{ address: 'http://127.0.0.1:4000/#shock=ETH:-0.2&set=a', at: 1_795_175_400 },
};
const chart = element(
  'svg',
  {
    class: 'heatmap',
    role: 'grid',
    width: 700,
    height: 300,
    viewBox: '0 0 700 300',
    'aria-label': 'Loss by asset',
  },
  element(
    'g',
    {
      role: 'gridcell',
      class: 'cell',
      tabindex: 0,
      'data-act': 'choose-cell',
      'aria-label': 'ETH −20 %: nobody',
    },
    element('rect', { width: 9, height: 9, fill: '#123456' }),
    element('a', { href: '/scenario' }, element('circle', { r: 3 })),
    element('rect', { class: 'pulse', width: 9, height: 9 }),
  ),
);
const draw = (title = 'Loss by asset and price move') =>
  toSvgFile({ title, pictures: [{ svg: chart }], theme: 'dark', stamp: STAMP }).svg;

test('a file stands by itself: size, fonts, background of the theme, nothing of the page', () => {
  const svg = draw();
  expect(svg).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="/,
  );
  expect(svg).toContain('font-family="system-ui');
  expect(svg).toContain(`fill="${paletteOf('dark').surface}"`);
  expect(svg).not.toMatch(/class=|data-|tabindex|pulse|style=|href=|<a/);
  expect(svg).toContain('<g><circle r="3"></circle></g>');
});

test('it has a title, a description, and the descriptions of its parts as titles', () => {
  const svg = draw();
  expect(svg).toContain('<title>Loss by asset and price move</title>');
  expect(svg).toMatch(/<desc>Loss by asset\nUndertow · devnet · block 18342 · 2026-11-20T11:50:00\.000Z\n/);
  expect(svg).toContain('<title>ETH −20 %: nobody</title><rect');
});

test('the stamp is written out: block, both hashes, address', () => {
  const texts = [...draw().matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  for (const line of [
    'Undertow · devnet · block 18342 · 2026-11-20T11:50:00.000Z',
    `block ${STAMP.hash}`,
    `book ${STAMP.bookHash}`,
  ])
    expect(texts.join(' ')).toContain(line);
  expect(texts).toContain('http://127.0.0.1:4000/#shock=ETH:-0.2&amp;set=a');
});

test('a token may be called anything: the file stays XML', () => {
  const svg = draw('a\u0000b<script>\u0008\uD800');
  expect(svg).toContain('a\uFFFDb&lt;script&gt;\uFFFD\uFFFD');
});

test('a table as a picture: its numbers as they are read, and how many rows it leaves out', () => {
  const rows = Array.from({ length: MOST_ROWS + 1 }, (_, i) => [`venue ${i}`, 1_230_000]);
  const table = { columns: [{ name: 'Venue' }, { name: 'Debt', unit: 'USD' as const }], rows };
  const picture = tablePicture(table, 'light');
  expect(picture.words).toBe('The first 200 of 201 rows; CSV and JSON have all.');
  const { svg } = toSvgFile({ title: 'Debts', pictures: [picture], theme: 'light', stamp: STAMP });
  expect(svg).toContain('>$1.23M</text>');
  expect(svg).not.toContain('venue 200');
  expect(tablePicture({ ...table, rows: rows.slice(0, 3) }, 'light').words).toBeUndefined();
});

test('a title that is too long for one line takes several, none wider than the file', () => {
  const title =
    'Who hurts whom: value liquidated at each venue because of the shock or of the sales of a venue';
  const { svg, width } = toSvgFile({ title, pictures: [{ svg: chart }], theme: 'light', stamp: STAMP });
  const lines = [...svg.matchAll(/<text[^>]*font-size="15"[^>]*>([^<]*)</g)].map(([, line = '']) => line);
  expect(lines.join(' ')).toBe(title);
  expect(lines.length).toBeGreaterThan(1);
  // Bold letters of 15 pixels, of the widest of the fonts that are named.
  for (const line of lines) expect(line.length * 9.5).toBeLessThan(width);
});
