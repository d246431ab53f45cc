import { shownValue, type ReportContent } from '@undertow/report';
import { element, paletteOf, type Markup, type Palette } from '@undertow/web';
import type { ReportChart } from './chart.ts';
import { clipped } from './open-graph/small-chart.ts';
import { dollarsOf, numberOf, numberOrNull, recordsOf, wordsOf, type TableRecord } from './records.ts';

/** Predicted beside happened at each venue, and what happened when. */
export function incidentCharts(content: ReportContent): ReportChart[] {
  const venues = recordsOf(content, 'comparedVenues');
  const timeline = recordsOf(content, 'timeline');
  return [
    ...(venues.length > 0 ? [comparedChart(venues)] : []),
    ...(timeline.length > 1 ? [timelineChart(timeline)] : []),
  ];
}

function comparedChart(venues: readonly TableRecord[]): ReportChart {
  return {
    name: 'compared',
    title: 'Collateral taken: predicted, and happened',
    words: `${venues
      .map(
        (row) =>
          `${wordsOf(row, 'venue')}: predicted ${told(row, 'predictedSeizedUsd')}, happened ${told(row, 'happenedSeizedUsd')}`,
      )
      .join('; ')}.`,
    draw: ({ theme, width }) => ({ svg: barsByVenue(venues, paletteOf(theme), width) }),
  };
}

const [ROW, FIGURE] = [62, 110];

/** Each venue's name over two bars, each of which says which it is. */
function barsByVenue(venues: readonly TableRecord[], palette: Palette, width: number): Markup {
  const bars = [
    { name: 'predicted', column: 'predictedSeizedUsd', fill: palette.categories[5] },
    { name: 'happened', column: 'happenedSeizedUsd', fill: palette.categories[4] },
  ];
  const most = Math.max(1, ...venues.flatMap((row) => bars.map(({ column }) => numberOf(row, column))));
  const label = 80;
  const room = width - label - FIGURE;
  const height = venues.length * ROW;
  return element(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, 'font-size': 12.5 },
    venues.map((row, at) =>
      element(
        'g',
        { transform: `translate(0,${at * ROW})` },
        element(
          'text',
          { y: 14, fill: palette.ink, 'font-weight': 600 },
          clipped(wordsOf(row, 'venue'), width, 12.5),
        ),
        bars.map(({ name, column, fill }, line) => {
          const y = 20 + line * 18;
          return [
            element('text', { y: y + 12, fill: palette.muted }, name),
            element('rect', {
              ...{ x: label, y, height: 14, fill },
              width: tenth(Math.max(row[column] === null ? 0 : 1, (numberOf(row, column) / most) * room)),
            }),
            element(
              'text',
              { x: width, y: y + 12, 'text-anchor': 'end', fill: palette.ink },
              told(row, column),
            ),
          ];
        }),
      ),
    ),
  );
}

/** What cannot be priced is not nothing. */
const told = (row: TableRecord, column: string) =>
  row[column] === null ? 'no price' : dollarsOf(row, column);

function timelineChart(timeline: readonly TableRecord[]): ReportChart {
  const last = timeline.at(-1)!;
  const of = wordsOf(last, 'priceOf');
  const prices = timeline.flatMap((row) => numberOrNull(row, 'price') ?? []);
  const priced =
    prices.length === 0
      ? ''
      : ` ${of} from ${shownValue(prices[0]!, 'USD per unit')} to ${shownValue(Math.min(...prices), 'USD per unit')} at the lowest and ${shownValue(prices.at(-1)!, 'USD per unit')} at the end.`;
  return {
    name: 'timeline',
    title: 'What happened when',
    words: `${dollarsOf(last, 'repaidSoFarUsd')} repaid from block ${numberOf(timeline[0]!, 'block')} to ${numberOf(last, 'block')}.${priced}`,
    draw: ({ theme, width }) => ({
      svg: timelineOf(timeline, of, { palette: paletteOf(theme), width }),
    }),
  };
}

const HEIGHT = 300;
const [TOP, BOTTOM, SIDE] = [26, 40, 64];

/** Steps of what was repaid against the left, the price against the right, over blocks. */
function timelineOf(
  timeline: readonly TableRecord[],
  of: string,
  { palette, width }: { readonly palette: Palette; readonly width: number },
): Markup {
  const blocks = timeline.map((row) => numberOf(row, 'block'));
  const [from, to] = [blocks[0]!, blocks.at(-1)!];
  const most = Math.max(1, numberOf(timeline.at(-1)!, 'repaidSoFarUsd'));
  const prices = timeline.flatMap((row) => numberOrNull(row, 'price') ?? []);
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const floor = HEIGHT - BOTTOM;
  const x = (block: number) => tenth(SIDE + ((block - from) / Math.max(1, to - from)) * (width - 2 * SIDE));
  const y = (usd: number) => tenth(floor - (usd / most) * (floor - TOP));
  const priceY = (price: number) => tenth(floor - ((price - low) / (high - low || 1)) * (floor - TOP));
  const [repaid, price] = [palette.categories[4]!, palette.categories[0]!];
  const steps = (at: (row: TableRecord) => number | undefined) =>
    timeline
      .flatMap((row, i) => {
        const value = at(row);
        if (value === undefined) return [];
        return [i === 0 ? `M${x(blocks[0]!)},${value}` : `H${x(blocks[i]!)}V${value}`];
      })
      .join('');
  const words = (attributes: Markup['attributes'], text: string) => element('text', attributes, text);
  const tick = { 'font-size': 12, fill: palette.muted };
  return element(
    'svg',
    { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    element('line', { x1: SIDE, x2: width - SIDE, y1: floor, y2: floor, stroke: palette.line }),
    prices.length > 0 && [
      element('path', {
        d: steps((row) => {
          const value = numberOrNull(row, 'price');
          return value === null ? undefined : priceY(value);
        }),
        ...{ fill: 'none', stroke: price, 'stroke-width': 1.5 },
      }),
      [low, high].map((value) =>
        words(
          { ...tick, x: width - SIDE + 6, y: priceY(value) + 4, fill: price },
          shownValue(value, 'USD per unit'),
        ),
      ),
      words({ ...tick, x: width, y: 12, 'text-anchor': 'end', fill: price }, clipped(of, width / 2, 12)),
    ],
    element('path', {
      d: steps((row) => y(numberOf(row, 'repaidSoFarUsd'))),
      ...{ fill: 'none', stroke: repaid, 'stroke-width': 2.5 },
    }),
    words({ ...tick, y: 12, fill: repaid }, 'repaid so far, USD'),
    [0, most].map((value) =>
      words(
        { ...tick, x: SIDE - 6, y: y(value) + 4, 'text-anchor': 'end', fill: repaid },
        shownValue(value, 'USD'),
      ),
    ),
    words({ ...tick, x: SIDE, y: HEIGHT - 18 }, `block ${from}`),
    words({ ...tick, x: width - SIDE, y: HEIGHT - 18, 'text-anchor': 'end' }, `block ${to}`),
  );
}

const tenth = (value: number) => Math.round(value * 10) / 10;
