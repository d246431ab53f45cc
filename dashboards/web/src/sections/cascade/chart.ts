import { line as linePath, scaleBand, scaleLinear } from 'd3';
import { colourKey } from '../../chart/key.ts';
import { paletteOf, type Palette, type Theme } from '../../chart/palette.ts';
import type { VenueColours } from '../../chart/venue-colours.ts';
import { spread } from '../../chart/spread.ts';
import { move, usd, usdTick } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Cascade, Round } from './load.ts';
import { groupName, priceGroups, type PriceGroup } from './price-paths.ts';

export interface CascadeDrawing {
  readonly cascade: Pick<Cascade, 'rounds' | 'byAsset' | 'moves'>;
  /** Those that are drawn, from the bottom up. */
  readonly venues: readonly string[];
  readonly colourOf: VenueColours;
  readonly theme: Theme;
  readonly width: number;
}

const LEFT = 54;
const WIDEST_BAR = 72;
const RIGHT = 78;
const PRICE = { top: 26, height: 110 };
const BARS = { top: 184, height: 130 };
const HEIGHT = BARS.top + BARS.height + 38;

interface Tools {
  readonly palette: Palette;
  readonly width: number;
  /** The left edge of a round; 0 is the shock before the first. */
  readonly x: (round: number) => number;
  readonly bandwidth: number;
}

/**
 * A cascade in two panels over the same rounds: above, the market price of every asset that moves, as a move from before the
 * shock, told apart by dashes and names as colours are the venues'; below, the value liquidated in each round, stacked by venue.
 */
export function cascadeChart({ cascade, venues, colourOf, theme, width }: CascadeDrawing): Markup {
  const palette = paletteOf(theme);
  const indices = [0, ...cascade.rounds.map(({ index }) => index)];
  const band = scaleBand<number>()
    .domain(indices)
    .range([LEFT, Math.max(LEFT + 60, width - RIGHT)])
    .paddingInner(cascade.rounds.length > 60 ? 0 : 0.25)
    .paddingOuter(0.1);
  const tools: Tools = { palette, width, x: (round) => band(round) ?? LEFT, bandwidth: band.bandwidth() };
  const groups = priceGroups(cascade);
  return element(
    'svg',
    {
      class: 'cascade',
      role: 'img',
      'aria-label': `Prices and value liquidated in each of ${cascade.rounds.length} rounds; the table of rounds has the numbers`,
      width,
      height: HEIGHT,
      viewBox: `0 0 ${width} ${HEIGHT}`,
      'font-family': 'system-ui, sans-serif',
      'font-size': 11,
    },
    pricePanel(groups, cascade.rounds, tools),
    barPanel(cascade.rounds, { venues, colourOf }, tools),
    roundAxis(indices, tools),
  );
}

function pricePanel(groups: readonly PriceGroup[], rounds: readonly Round[], tools: Tools): Markup {
  const { palette } = tools;
  const moves = groups.flatMap(({ points }) => points);
  const y = scaleLinear()
    .domain([Math.min(-0.01, ...moves), Math.max(0, ...moves)])
    .nice(8)
    .range([PRICE.top + PRICE.height, PRICE.top]);
  const labels = spread(
    groups.map(({ points }) => y(points.at(-1) ?? 0)),
    { gap: 13, from: PRICE.top, to: PRICE.top + PRICE.height },
  );
  return element(
    'g',
    { class: 'prices' },
    title('Market price, against before the shock', PRICE.top, palette),
    y.ticks(4).map((tick) => gridLine(y(tick), move(tick), tools)),
    groups.map((group, i) => {
      const corners = cornersOf(group, rounds, tools).map(([x, value]): [number, number] => [x, y(value)]);
      return priceLine(group, { corners, label: labels[i] ?? 0, dashes: DASHES[i % DASHES.length] }, tools);
    }),
  );
}

/** Before the shock, at it, and at the end of each round. */
function cornersOf(
  { points }: PriceGroup,
  rounds: readonly Round[],
  { x, bandwidth }: Tools,
): [number, number][] {
  const [shocked = 0, ...after] = points;
  const middle = x(0) + bandwidth / 2;
  return [
    [x(0), 0],
    [middle, 0],
    [middle, shocked],
    ...after.map((value, round): [number, number] => [x(rounds[round]?.index ?? 0) + bandwidth, value]),
  ];
}

/** Solid first, then ever more broken. */
const DASHES = [undefined, '7 3', '2 3', '9 3 2 3', '4 2', '1 5'];

function priceLine(
  group: PriceGroup,
  line: { readonly corners: [number, number][]; readonly label: number; readonly dashes: string | undefined },
  { palette }: Tools,
): Markup {
  const { corners, label, dashes } = line;
  const [x, y] = corners.at(-1) ?? [0, 0];
  return element(
    'g',
    { key: group.asset },
    element('title', {}, `${group.symbols.join(', ')}: ${move(group.points.at(-1))}`),
    element('path', {
      ...{ d: linePath()(corners) ?? '', fill: 'none', stroke: palette.ink, 'stroke-width': 1.8 },
      ...{ 'stroke-linejoin': 'round', 'stroke-dasharray': dashes },
    }),
    element('circle', { cx: x, cy: y, r: 2.6, fill: palette.ink }),
    // From the end of the line to a name that had to make room.
    Math.abs(label - y) > 2 &&
      element('line', {
        x1: x + 3,
        y1: y,
        x2: x + 11,
        y2: label,
        stroke: palette.muted,
        'stroke-width': 0.8,
      }),
    element(
      'text',
      { x: x + 13, y: label, dy: '0.34em', fill: palette.ink, 'font-weight': 600 },
      shortName(group),
    ),
  );
}

const shortName = (group: PriceGroup) => {
  const name = groupName(group);
  return name.length > 10 ? `${name.slice(0, 9)}…` : name;
};

function barPanel(
  rounds: readonly Round[],
  { venues, colourOf }: Pick<CascadeDrawing, 'venues' | 'colourOf'>,
  tools: Tools,
): Markup {
  const { palette, x, bandwidth } = tools;
  const barWidth = Math.min(bandwidth, WIDEST_BAR);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...rounds.map(({ liquidatedUsd }) => liquidatedUsd))])
    .nice(4)
    .range([BARS.top + BARS.height, BARS.top]);
  return element(
    'g',
    { class: 'bars' },
    title('Value liquidated per round', BARS.top, palette),
    y.ticks(4).map((tick) => gridLine(y(tick), usdTick(tick), tools)),
    rounds.map((round) => {
      let below = 0;
      return element(
        'g',
        { key: round.index },
        element('title', {}, `Round ${round.index}: ${usd(round.liquidatedUsd)}`),
        venues.map((venue) => {
          const value = round.byVenue.find((losses) => losses.venue === venue)?.liquidatedUsd ?? 0;
          const [bottom, top] = [y(below), y(below + value)];
          below += value;
          const height = Math.max(0, bottom - top);
          const fill = colourOf(venue);
          return (
            height > 0 &&
            element('rect', {
              key: venue,
              x: x(round.index) + (bandwidth - barWidth) / 2,
              y: top,
              width: barWidth,
              height,
              fill,
            })
          );
        }),
      );
    }),
  );
}

function roundAxis(indices: readonly number[], { palette, x, bandwidth, width }: Tools): Markup {
  const room = Math.max(1, Math.floor((width - LEFT - RIGHT) / 34));
  const every = Math.ceil(indices.length / room);
  const y = BARS.top + BARS.height + 16;
  return element(
    'g',
    { fill: palette.muted, 'text-anchor': 'middle' },
    indices
      .filter((index) => index === 0 || (index - 1) % every === 0)
      .map((index) =>
        element(
          'text',
          { key: index, x: x(index) + bandwidth / 2, y },
          index === 0 ? 'shock' : String(index),
        ),
      ),
    element('text', { x: LEFT + (width - LEFT - RIGHT) / 2, y: y + 17 }, 'round'),
  );
}

function gridLine(y: number, label: string, { palette, width }: Tools): Markup {
  return element(
    'g',
    { key: label },
    element('line', { x1: LEFT, x2: width - RIGHT, y1: y, y2: y, stroke: palette.line }),
    element('text', { x: LEFT - 7, y, dy: '0.34em', 'text-anchor': 'end', fill: palette.muted }, label),
  );
}

const title = (text: string, top: number, palette: Palette) =>
  element('text', { x: 0, y: top - 14, fill: palette.muted, 'font-weight': 600 }, text);

/** The venues of a cascade with the colours of their bars. */
export function venueLegend(venues: readonly string[], colourOf: VenueColours): Markup {
  return colourKey(venues.map((venue) => ({ name: venueName(venue), colour: colourOf(venue) })));
}
