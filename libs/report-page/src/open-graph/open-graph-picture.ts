import { momentWords, shownSentence, type ReportBundle, type ReportKind } from '@undertow/report';
import { element, paletteOf, toHtml, type Markup } from '@undertow/web';
import { keyFigure } from './key-figure.ts';
import { clipped, drawSmallChart, smallChart } from './small-chart.ts';

/** Of the picture, in pixels: what the Open Graph protocol's readers show whole. */
export const OPEN_GRAPH_SIZE = { width: 1_200, height: 630 } as const;

const MARGIN = 60;
/** DejaVu and Verdana are the widest of these: what fits in them fits in the others. */
const FONT = "'DejaVu Sans', Verdana, Arial, Helvetica, sans-serif";
/** Of a bold character of a wide font, as a part of its size. */
const BOLD = 0.68;
const TITLE_SIZE = 42;
const TITLE_LINES = 2;
/** Characters of an id that are enough to find a report by. */
const SHORT_ID = 12;

const KINDS: Readonly<Record<ReportKind, string>> = {
  scenario: 'ONE CASCADE',
  sweep: 'MANY SCENARIOS',
  state: 'STATE OF RISK',
  proposal: 'PROPOSAL',
  incident: 'REPLAY OF AN INCIDENT',
};

/**
 * A report as the picture that stands beside its address: SVG of 1,200 × 630 pixels, light, that needs nothing else. Its subject, the one
 * figure that matters with unit and band, a small chart where there is one, block and short id. Whatever strangers wrote is text in it.
 */
export function openGraphPicture({ id, content }: ReportBundle): string {
  const palette = paletteOf('light');
  const { width, height } = OPEN_GRAPH_SIZE;
  const { label, text, band } = keyFigure(content);
  const chart = smallChart(content);
  const room = chart === undefined ? width - 2 * MARGIN : 620;
  const size = Math.min(100, Math.floor(room / (BOLD * [...text].length)));
  const subject = shownSentence(content.subject);
  const words = (attributes: Markup['attributes'], line: string) => element('text', attributes, line);
  const muted = { x: MARGIN, fill: palette.muted };
  const moment = content.blocks.map(momentWords).join('; ');
  const picture = element(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'font-family': FONT },
    element('title', {}, `${subject}: ${label} ${text}`),
    element('rect', { width, height, fill: palette.surface }),
    element('rect', { width, height: 14, fill: palette.categories[0] }),
    words(
      { ...muted, y: 72, 'font-size': 24, 'font-weight': 700 },
      `UNDERTOW REPORT · ${KINDS[content.kind]}`,
    ),
    titleLines(subject).map((line, i) =>
      words(
        { x: MARGIN, y: 134 + i * 52, 'font-size': TITLE_SIZE, 'font-weight': 700, fill: palette.ink },
        line,
      ),
    ),
    words({ ...muted, y: 276, 'font-size': 30 }, clipped(label, room, 30)),
    words({ x: MARGIN, y: 382, 'font-size': size, 'font-weight': 700, fill: palette.ink }, text),
    band && words({ ...muted, y: 440, 'font-size': 26 }, clipped(band, room, 26)),
    chart && drawSmallChart(chart, { x: 730, y: 236, width: width - MARGIN - 730, height: 252 }, palette),
    element('line', {
      x1: MARGIN,
      x2: width - MARGIN,
      y1: 522,
      y2: 522,
      stroke: palette.line,
      'stroke-width': 2,
    }),
    words({ ...muted, y: 562, 'font-size': 24 }, clipped(moment, width - 2 * MARGIN, 24)),
    words(
      { ...muted, y: 598, 'font-size': 24 },
      `report ${id.slice(0, SHORT_ID)}… · anyone can compute it again`,
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toHtml(picture)}\n`;
}

/** A title in at most two lines, broken between words where it can be; what is longer ends with an ellipsis. */
function titleLines(title: string): string[] {
  const most = Math.floor((OPEN_GRAPH_SIZE.width - 2 * MARGIN) / (TITLE_SIZE * BOLD));
  const lines: string[] = [];
  let rest = [...title];
  while (rest.length > most && lines.length < TITLE_LINES - 1) {
    const blank = rest.lastIndexOf(' ', most);
    const cut = blank > 0 ? blank : most;
    lines.push(rest.slice(0, cut).join(''));
    rest = rest.slice(rest[cut] === ' ' ? cut + 1 : cut);
  }
  return [...lines, rest.length <= most ? rest.join('') : `${rest.slice(0, most - 1).join('')}…`];
}
