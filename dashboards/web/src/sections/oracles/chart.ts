import { scaleLinear } from 'd3';
import { categoryColour, paletteOf, type Theme } from '../../chart/palette.ts';
import { percent, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Oracle } from './load.ts';
import { deviationWords } from './words.ts';

export interface DeviationDrawing {
  /** Those with a market, the one on which the most hangs first. */
  readonly oracles: readonly Oracle[];
  readonly theme: Theme;
  readonly width: number;
}

/** Oracles drawn; the table has all. */
export const DRAWN = 14;

const ROW = 22;
const TOP = 22;
const NAMES = 150;
const RIGHT = 64;
/** What is further away is drawn at the edge, with its number. */
const FURTHEST = 0.1;
/** The scale is never narrower: a thousandth must not look like a crash. */
const NEAREST = 0.01;

/** A bar for each oracle from its market's price: to the right it is too high, to the left too low. */
export function deviationChart({ oracles, theme, width }: DeviationDrawing): Markup {
  const palette = paletteOf(theme);
  const most = Math.max(NEAREST, ...oracles.map(({ deviation }) => Math.abs(deviation ?? 0)));
  const end = Math.min(most, FURTHEST);
  const x = scaleLinear()
    .domain([-end, end])
    .range([NAMES, Math.max(NAMES + 40, width - RIGHT)])
    .clamp(true);
  const height = TOP + oracles.length * ROW + 4;
  return element(
    'svg',
    {
      ...{ class: 'deviations', role: 'img', width, height, viewBox: `0 0 ${width} ${height}` },
      'aria-label': oracles.map(deviationSentence).join('; '),
      ...{ 'font-family': 'system-ui, sans-serif', 'font-size': 12 },
    },
    (width < 500 ? [-end, 0, end] : x.ticks(5)).map((tick) =>
      element(
        'g',
        { key: `tick ${tick}` },
        element('line', {
          ...{ x1: x(tick), x2: x(tick), y1: TOP - 4, y2: height - 4 },
          ...{ stroke: tick === 0 ? palette.muted : palette.line },
        }),
        element(
          'text',
          { x: x(tick), y: 12, fill: palette.muted, 'text-anchor': 'middle', 'font-size': 10.5 },
          tick === 0 ? 'market' : deviationWords(tick),
        ),
      ),
    ),
    oracles.map((oracle, row) => {
      const { id, asset, deviation, warnings } = oracle;
      const [from, to] = [x(0), x(deviation ?? 0)];
      const isHigh = to >= from;
      const y = TOP + row * ROW;
      return element(
        'g',
        { key: `${id} ${asset.address}` },
        element('title', {}, deviationSentence(oracle)),
        element('text', { x: 0, y: y + 13, fill: palette.ink }, shortName(oracle)),
        element('rect', {
          ...{ x: Math.min(from, to), y: y + 4, width: Math.max(1.5, Math.abs(to - from)), height: ROW - 10 },
          ...{ fill: categoryColour(palette, warnings.length > 0 ? 4 : 0), rx: 1.5 },
        }),
        element(
          'text',
          {
            ...{ x: to + (isHigh ? 5 : -5), y: y + 13, 'text-anchor': isHigh ? 'start' : 'end' },
            ...{ fill: palette.ink, 'font-size': 11 },
          },
          deviationWords(deviation),
        ),
      );
    }),
  );
}

function shortName({ asset, venues }: Oracle): string {
  const [first = '', ...others] = venues.map(venueName);
  const where = others.length === 0 ? first : `${venues.length} venues`;
  const name = `${asset.symbol}, ${where}`;
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

/** An oracle and its market in one sentence. */
export function deviationSentence({ asset, venues, deviation, pricedUsd }: Oracle): string {
  const where = venues.map(venueName).join(', ');
  const said =
    deviation === null
      ? 'has no market'
      : deviation === 0
        ? 'says what its market says'
        : `is ${percent(Math.abs(deviation))} ${deviation > 0 ? 'above' : 'below'} its market`;
  return `${asset.symbol} at ${where} ${said}; ${usd(pricedUsd)} hangs on it`;
}
