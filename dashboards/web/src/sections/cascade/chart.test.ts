import { paletteOf } from '../../chart/palette.ts';
import { venueColours } from '../../chart/venue-colours.ts';
import type { CascadeAnswer } from '../../graph/answers.ts';
import type { Markup } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { cascadeChart } from './chart.ts';
import { cascadeHeadline } from './headline.ts';
import { CASCADE, type Cascade } from './load.ts';
import { DEFAULT_SETTINGS, scenarioVariables, type Move } from '../../scenario/scenario.ts';
import { scenarioInWords } from '../../scenario/words.ts';
import { groupName, priceGroups, pricePaths } from './price-paths.ts';

const ask = async (moves: readonly Move[]): Promise<Cascade> => {
  const scenario = scenarioVariables({ moves, settings: DEFAULT_SETTINGS, overrides: [] });
  return (await toyAnswer<CascadeAnswer>(CASCADE, { ...scenario, accounts: 5 })).cascade;
};

let cascade: Cascade;
let venues: string[];
beforeAll(async () => {
  cascade = await ask([{ what: 'ETH', move: -0.2 }]);
  venues = cascade.byVenue.map(({ venue }) => venue);
});

function rects(markup: Markup): Markup[] {
  const inside = markup.children.filter((child): child is Markup => typeof child !== 'string').flatMap(rects);
  return markup.tag === 'rect' ? [markup] : inside;
}

test('the area of the bars is the value liquidated: heights are proportional, venue by venue', () => {
  const drawn = rects(
    cascadeChart({ cascade, venues, colourOf: venueColours(venues, 'light'), theme: 'light', width: 620 }),
  );
  const values = cascade.rounds.flatMap(({ byVenue }) => byVenue.map(({ liquidatedUsd }) => liquidatedUsd));
  const heights = drawn.map(({ attributes }) => Number(attributes['height']));
  const sum = (all: number[]) => all.reduce((total, one) => total + one, 0);
  expect(drawn).toHaveLength(values.filter((value) => value > 0).length);
  const pixelsPerUsd = sum(heights) / sum(values);
  const sorted = (all: number[]) => [...all].sort((a, b) => a - b);
  sorted(values).forEach((value, i) => expect(sorted(heights)[i]).toBeCloseTo(value * pixelsPerUsd, 6));
});

test('any width and number of rounds draws without NaN, and the same twice', () => {
  const [round] = cascade.rounds;
  if (!round) throw new Error('the example has rounds');
  const long = { ...cascade, rounds: Array.from({ length: 300 }, (_, i) => ({ ...round, index: i + 1 })) };
  for (const one of [cascade, long, { ...cascade, rounds: [], byAsset: [] }]) {
    for (const width of [280, 620, 1_200]) {
      const drawn = toHtml(
        cascadeChart({ cascade: one, venues, colourOf: venueColours(venues, 'dark'), theme: 'dark', width }),
      );
      expect(drawn).toBe(
        toHtml(
          cascadeChart({
            cascade: one,
            venues,
            colourOf: venueColours(venues, 'dark'),
            theme: 'dark',
            width,
          }),
        ),
      );
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
    }
  }
});

test('price paths begin with the shock and end where the market ends; what stands still has none', () => {
  const paths = pricePaths(cascade);
  const weth = paths.find(({ symbol }) => symbol === 'WETH');
  const total = cascade.byAsset.find(({ asset }) => asset.symbol === 'WETH')!;
  expect(paths.map(({ symbol }) => symbol)).not.toContain('CRV');
  expect(weth?.points[0]).toBeCloseTo(-0.2, 12);
  expect(weth?.points).toHaveLength(cascade.rounds.length + 1);
  expect(weth?.points.at(-1)).toBeCloseTo(total.marketAfterUsd / total.oracleBeforeUsd - 1, 12);
});

test('the path of a tied asset begins where the move of its reference put it', () => {
  const wsteth = pricePaths(cascade).find(({ symbol }) => symbol === 'wstETH');
  expect(wsteth?.points[0]).toBeCloseTo(-0.2, 9);
  expect(cascade.scenario.moves).toEqual([{ what: 'ETH', move: -0.2 }]);
});

test('prices that move alike share a line, named by the first that moves', () => {
  const twin = (symbol: string, address: string, factor = 1) => ({
    ...cascade,
    rounds: cascade.rounds.map((round) => ({
      ...round,
      assets: round.assets.flatMap((path) =>
        path.asset.symbol === 'WETH'
          ? [
              {
                ...{ ...path, asset: { address, symbol }, marketAfterUsd: path.marketAfterUsd * factor },
              },
              path,
            ]
          : [path],
      ),
    })),
    byAsset: cascade.byAsset.flatMap((path) =>
      path.asset.symbol === 'WETH' ? [{ ...path, asset: { address, symbol } }, path] : [],
    ),
    moves: cascade.moves.flatMap((path) =>
      path.asset.symbol === 'WETH' ? [{ ...path, asset: { address, symbol } }, path] : [path],
    ),
  });
  const [alike, ...none] = priceGroups(twin('AETH', '0xa'));
  expect([alike?.symbols, alike && groupName(alike), none]).toEqual([['AETH', 'WETH'], 'AETH +1', []]);
  expect(priceGroups(twin('AETH', '0xa', 0.9)).map(groupName)).toEqual(['AETH', 'WETH']);
  expect(
    toHtml(
      cascadeChart({
        cascade: twin('AETH', '0xa'),
        venues,
        colourOf: venueColours(venues, 'light'),
        theme: 'light',
        width: 620,
      }),
    ),
  ).toContain('>AETH +1</text>');
});

test('lines of prices have none of the colours of venues', () => {
  const drawn = toHtml(
    cascadeChart({ cascade, venues, colourOf: venueColours(venues, 'light'), theme: 'light', width: 620 }),
  );
  const strokes = [...drawn.matchAll(/<path[^>]* stroke="([^"]+)"/g)].map(([, colour]) => colour);
  expect(strokes.length).toBeGreaterThan(0);
  expect(new Set(strokes)).toEqual(new Set([paletteOf('light').ink]));
});

test('a venue has its colour whichever venues are hit beside it', () => {
  const colourOf = venueColours(venues, 'light');
  const fills = (hit: readonly string[]) =>
    rects(cascadeChart({ cascade, venues: hit, colourOf, theme: 'light', width: 620 })).map(
      ({ attributes }) => attributes['fill'],
    );
  const last = venues
    .filter((venue) => cascade.byVenue.some((one) => one.venue === venue && one.accounts > 0))
    .at(-1)!;
  expect(new Set(fills([last]))).toEqual(new Set([colourOf(last)]));
  expect(fills(venues)).toContain(colourOf(last));
});

describe('headline', () => {
  test('says who, how much and how far', () => {
    expect(cascadeHeadline({ ...cascade, accounts: 132, liquidatedUsd: 12.3e6, amplification: 1.7 })).toMatch(
      /^ETH −20\u202f%: 132 accounts liquidated in \d+ rounds, \$12\.3M of collateral seized, final price of \w+ −[\d.]+\u202f%, amplification 1\.70×\.$/,
    );
  });

  test('nobody liquidated', () => {
    expect(cascadeHeadline({ ...cascade, accounts: 0 })).toBe('ETH −20\u202f%: nobody is liquidated.');
  });

  test('not at rest', () => {
    expect(cascadeHeadline({ ...cascade, converged: false })).toContain('before it came to rest');
  });

  test('several moves are grouped by how far they go', () => {
    const moves = [
      { what: 'ETH', move: -0.3 },
      { what: 'BTC', move: -0.3 },
      { what: 'oracle:USDC', move: -0.05 },
    ];
    const words = (change: object) =>
      scenarioInWords({ moves: [], volatilityMove: 0, depthFactor: 1, ...change });
    expect(words({ moves })).toBe('ETH and BTC −30\u202f%, oracle:USDC −5\u202f%');
    expect(words({})).toBe('No price move');
    expect(words({ volatilityMove: 0.5, depthFactor: 0.5 })).toBe(
      'No price move, volatility +50\u202f%, depth × 0.5',
    );
  });
});
