import { shownValue, type ReportContent } from '@undertow/report';
import { element, type Markup, type Palette } from '@undertow/web';
import { numberOf, recordsOf, wordsOf, type TableRecord } from '../records.ts';

/** A chart that is read at the size of a thumb: a few bars, and one line that says of what. */
export interface SmallChart {
  readonly caption: string;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
  /** Bars of a series stand side by side without names; those of places lie under each other, each with its name. */
  readonly shape: 'series' | 'places';
}

/** Bars that are told apart at the size of a thumb. */
const [MOST_SERIES, MOST_PLACES] = [24, 4];

/** What of a report can be drawn small; undefined where it has nothing of two bars. */
export function smallChart(content: ReportContent): SmallChart | undefined {
  return candidates(content).find(({ bars }) => bars.filter(({ value }) => value > 0).length > 1);
}

function candidates(content: ReportContent): SmallChart[] {
  switch (content.kind) {
    case 'scenario':
      return [
        series('Liquidated, round by round', recordsOf(content, 'rounds'), 'liquidatedUsd'),
        places('Loss by venue', recordsOf(content, 'venues'), ['venue', 'lossUsd']),
        places('Liquidated by venue', recordsOf(content, 'venues'), ['venue', 'liquidatedUsd']),
      ];
    case 'sweep':
    case 'proposal':
      return [series('Scenarios by what is lost', histogram(content), 'count')];
    case 'incident':
      return [
        series('Repaid so far, as it happened', recordsOf(content, 'timeline'), 'repaidSoFarUsd'),
        places('Repaid by venue', recordsOf(content, 'comparedVenues'), ['venue', 'happenedRepaidUsd']),
      ];
    case 'state':
      return [
        places('Lost if one price moves', greatestByPrice(content), ['what', 'lossUsd']),
        places('Debt by venue', recordsOf(content, 'venues'), ['venue', 'debtUsd']),
      ];
  }
}

/** Those in which something is lost: nothing at all is one bar that would hide the others. */
const histogram = (content: ReportContent) =>
  recordsOf(content, 'histogram')
    .filter((row) => wordsOf(row, 'figure') === 'lossUsd')
    .slice(1);

const greatestByPrice = (content: ReportContent) =>
  [...Map.groupBy(recordsOf(content, 'heatmap'), (row) => wordsOf(row, 'what')).values()].map(
    (rows) => rows.toSorted((a, b) => numberOf(b, 'lossUsd') - numberOf(a, 'lossUsd'))[0]!,
  );

const series = (caption: string, rows: readonly TableRecord[], column: string): SmallChart => ({
  caption: rows.length > MOST_SERIES ? `${caption} (the first ${MOST_SERIES} of ${rows.length})` : caption,
  bars: rows.slice(0, MOST_SERIES).map((row) => ({ label: '', value: numberOf(row, column) })),
  shape: 'series',
});

const places = (
  caption: string,
  rows: readonly TableRecord[],
  [name, column]: readonly [string, string],
): SmallChart => ({
  caption: `${caption}, USD`,
  bars: rows
    .map((row) => ({ label: wordsOf(row, name), value: numberOf(row, column) }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_PLACES),
  shape: 'places',
});

/** Where a small chart stands. */
export interface Room {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CAPTION_SIZE = 22;
/** Of a character of a wide font, as a part of its size. */
const WIDE = 0.58;

/** A small chart as markup. */
export function drawSmallChart(chart: SmallChart, { x, y, width, height }: Room, palette: Palette): Markup {
  const bottom = height - CAPTION_SIZE - 14;
  const drawn =
    chart.shape === 'series' ? columns(chart, width, bottom, palette) : rows(chart, width, bottom, palette);
  const look = { 'font-size': CAPTION_SIZE, fill: palette.muted };
  return element(
    'g',
    { transform: `translate(${x},${y})` },
    drawn,
    element('text', { ...look, y: height - 4 }, clipped(chart.caption, width, CAPTION_SIZE)),
  );
}

function columns({ bars }: SmallChart, width: number, height: number, palette: Palette): Markup[] {
  const most = Math.max(...bars.map(({ value }) => value));
  const step = width / bars.length;
  const thick = Math.min(64, step * 0.78);
  return [
    ...bars.map(({ value }, i) => {
      // What is not nothing is seen.
      const tall = value > 0 ? Math.max(3, (value / most) * height) : 0;
      const place = { x: round(i * step), y: round(height - tall), width: round(thick), height: round(tall) };
      return element('rect', { ...place, fill: palette.categories[0] });
    }),
    element('line', { x2: width, y1: height, y2: height, stroke: palette.muted, 'stroke-width': 2 }),
  ];
}

function rows({ bars }: SmallChart, width: number, height: number, palette: Palette): Markup[] {
  const most = Math.max(...bars.map(({ value }) => value));
  const step = height / bars.length;
  const size = 22;
  return bars.flatMap(({ label, value }, i) => {
    const top = i * step;
    const figure = shownValue(value, 'USD');
    const room = width - figure.length * size * WIDE - 12;
    return [
      element(
        'text',
        { y: round(top + size), 'font-size': size, fill: palette.ink },
        clipped(label, room, size),
      ),
      element(
        'text',
        { x: width, y: round(top + size), 'font-size': size, fill: palette.ink, 'text-anchor': 'end' },
        figure,
      ),
      element('rect', {
        ...{ y: round(top + size + 8), width: round(Math.max(value > 0 ? 3 : 0, (value / most) * width)) },
        ...{ height: Math.max(4, Math.min(20, round(step - size - 18))), fill: palette.categories[0] },
      }),
    ];
  });
}

/** Text that fits into so many pixels in a wide font. */
export function clipped(text: string, width: number, size: number): string {
  const most = Math.max(1, Math.floor(width / (size * WIDE)));
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

const round = (value: number) => Math.round(value * 10) / 10;
