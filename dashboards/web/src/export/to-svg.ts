import { paletteOf, type Palette, type Theme } from '../chart/palette.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { toHtml } from '../markup/to-html.ts';
import type { Picture } from './exportable.ts';
import { stampLines, type Stamp } from './stamp.ts';
import { still } from './still.ts';
import { wrapped } from './wrapped.ts';

const MARGIN = 18;
const GAP = 18;
/** A stamp has to be readable: hashes are long. */
const NARROWEST = 480;
/** So wide at most are charts side by side. */
const WIDEST = 1_000;
/** Pixels of a character of 11 pixels on average, and of the widest digits of a stamp. */
const [WORD, DIGIT] = [5.8, 6.7];
/** Pixels of a character of a title, which is of 15 pixels and bold, in a wide font. */
const TITLE = 9.6;
const LINE = 15;
const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
const MONOSPACE = "ui-monospace, 'SF Mono', 'DejaVu Sans Mono', monospace";

/** What is drawn into a file, in which colours, and where it is from. */
export interface SvgFile {
  readonly title: string;
  readonly pictures: readonly Picture[];
  readonly theme: Theme;
  readonly stamp: Stamp;
}

/**
 * Drawings of the page as one SVG file that needs nothing else: title, the drawings with their keys, and a stamp, on the
 * background of the theme.
 */
export function toSvgFile({ title, pictures, theme, stamp }: SvgFile): {
  svg: string;
  width: number;
  height: number;
} {
  const palette = paletteOf(theme);
  const widest = Math.max(1, ...pictures.map(({ svg }) => numberOf(svg, 'width')));
  // Charts with titles stand side by side; a chart and what belongs to it stand under each other.
  const areAlike = pictures.every(({ title: own }) => own !== undefined);
  const columns = areAlike ? Math.max(1, Math.min(pictures.length, Math.floor(WIDEST / widest))) : 1;
  const width = 2 * MARGIN + Math.max(NARROWEST, columns * widest + (columns - 1) * GAP);
  const room = width - 2 * MARGIN;
  let y = MARGIN;
  const down = (drawn: Drawn): Markup => {
    const placed = element('g', { transform: `translate(${MARGIN},${y})` }, drawn.content);
    y += drawn.height;
    return placed;
  };
  const parts = [
    down(lines(wrapped(title, Math.floor(room / TITLE)), { size: 15, weight: 650, fill: palette.ink })),
    ...rowsOf(pictures, columns).map((row) => down(besides(row, widest, palette))),
    down(stampOf(stamp, room, palette)),
  ];
  const height = y + MARGIN - LINE / 2;
  const file = element(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'font-family': FONT },
    element('title', {}, title),
    element('desc', {}, [...pictures.map(described), ...stampLines(stamp)].join('\n')),
    element('rect', { width, height, fill: palette.surface }),
    parts,
  );
  return { svg: `<?xml version="1.0" encoding="UTF-8"?>\n${legal(toHtml(file))}\n`, width, height };
}

interface Drawn {
  readonly content: Piece;
  readonly height: number;
}

/** Drawings side by side, each under its title and words. */
function besides(row: readonly Picture[], width: number, palette: Palette): Drawn {
  const heads = row.map(({ title, words }) => [
    ...(title === undefined ? [] : wrapped(title, Math.floor(width / WORD))),
    ...(words === undefined ? [] : wrapped(words, Math.floor(width / WORD))),
  ]);
  const headHeight = Math.max(0, ...heads.map(({ length }) => length)) * LINE;
  const keys = row.map(({ key = [] }) => keyOf(key, palette));
  const keyHeight = Math.max(0, ...keys.map(({ height }) => height));
  const tallest = Math.max(0, ...row.map(({ svg }) => numberOf(svg, 'height')));
  const content = row.map(({ svg, title }, i) =>
    element(
      'g',
      { transform: `translate(${i * (width + GAP)},0)` },
      lines(heads[i] ?? [], { size: 11, weight: 400, fill: palette.muted, first: title && palette.ink })
        .content,
      element('g', { transform: `translate(0,${headHeight})` }, keys[i]?.content),
      element('g', { transform: `translate(0,${headHeight + keyHeight})` }, still(svg)),
    ),
  );
  return { content, height: headHeight + keyHeight + tallest + GAP };
}

function keyOf(entries: NonNullable<Picture['key']>, palette: Palette): Drawn {
  if (entries.length === 0) return { content: undefined, height: 0 };
  let x = 0;
  const content = entries.map(({ name, fill }) => {
    const entry = element(
      'g',
      { transform: `translate(${x},0)` },
      element('rect', { width: 16, height: 12, rx: 2, fill, stroke: palette.muted }),
      element('text', { x: 22, y: 10, 'font-size': 11, fill: palette.ink }, name),
    );
    x += 40 + Math.ceil(name.length * 6.2);
    return entry;
  });
  return { content, height: 24 };
}

function stampOf(stamp: Stamp, room: number, palette: Palette): Drawn {
  const texts = stampLines(stamp).flatMap((line) => wrapped(line, Math.floor(room / DIGIT)));
  const written = lines(texts, { size: 11, weight: 400, fill: palette.muted, font: MONOSPACE });
  const rule = element('line', { x2: room, y1: -LINE / 2, y2: -LINE / 2, stroke: palette.line });
  return { content: [rule, written.content], height: written.height };
}

interface Writing {
  readonly size: number;
  readonly weight: number;
  readonly fill: string;
  /** Of the first line, which is bold then. */
  readonly first?: string | undefined;
  readonly font?: string;
}

function lines(texts: readonly string[], { size, weight, fill, first, font }: Writing): Drawn {
  const step = Math.round(size * 1.36);
  const content = texts.map((text, i) => {
    const isFirst = i === 0 && first !== undefined;
    const look = { 'font-size': size, 'font-weight': isFirst ? 650 : weight, fill: isFirst ? first : fill };
    return element('text', { y: size + i * step, ...look, 'font-family': font }, text);
  });
  return { content, height: texts.length === 0 ? 0 : texts.length * step + 8 };
}

function rowsOf(pictures: readonly Picture[], columns: number): (readonly Picture[])[] {
  const rows: (readonly Picture[])[] = [];
  for (let i = 0; i < pictures.length; i += columns) rows.push(pictures.slice(i, i + columns));
  return rows;
}

const numberOf = ({ attributes }: Markup, name: string) => Number(attributes[name] ?? 0);

const described = ({ title, words, svg }: Picture) =>
  [title, words, svg.attributes['aria-label']].filter((text) => text !== undefined).join(': ');

/** What XML may hold: a token can be called by any bytes. */
const legal = (text: string) =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
