import { paletteOf } from '../chart/palette.ts';
import type { CascadeAnswer } from '../graph/answers.ts';
import type { Markup } from '../markup/element.ts';
import { toHtml } from '../markup/to-html.ts';
import { toyAnswer } from '../../test-server/toy-answers.ts';
import { cascadeChart } from './chart.ts';
import { cascadeHeadline, shocksInWords } from './headline.ts';
import { CASCADE, type Cascade } from './load.ts';
import { groupName, priceGroups, pricePaths } from './price-paths.ts';

const ask = async (shocks: object[]): Promise<Cascade> =>
  (await toyAnswer<CascadeAnswer>(CASCADE, { shocks, volatilityShock: 0, accounts: 5 })).cascade;

let cascade: Cascade;
beforeAll(async () => {
  cascade = await ask([{ asset: 'WETH', ratio: -0.2 }]);
});

function rects(markup: Markup): Markup[] {
  const inside = markup.children.filter((child): child is Markup => typeof child !== 'string').flatMap(rects);
  return markup.tag === 'rect' ? [markup] : inside;
}

test('the area of the bars is the value liquidated: heights are proportional, venue by venue', () => {
  const drawn = rects(cascadeChart({ cascade, theme: 'light', width: 620 }));
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
  for (const one of [cascade, long, { ...cascade, rounds: [], byVenue: [], byAsset: [] }]) {
    for (const width of [280, 620, 1_200]) {
      const drawn = toHtml(cascadeChart({ cascade: one, theme: 'dark', width }));
      expect(drawn).toBe(toHtml(cascadeChart({ cascade: one, theme: 'dark', width })));
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
    }
  }
});

test('price paths begin with the shock and end at the final price; what stands still has none', () => {
  const [weth, ...others] = pricePaths(cascade);
  const total = cascade.byAsset.find(({ symbol }) => symbol === 'WETH');
  expect(others).toEqual([]);
  expect(weth?.points[0]).toBeCloseTo(-0.2, 12);
  expect(weth?.points).toHaveLength(cascade.rounds.length + 1);
  expect(weth?.points.at(-1)).toBeCloseTo((total?.priceAfterUsd ?? 0) / (total?.priceBeforeUsd ?? 1) - 1, 12);
});

test('the path of a derived asset begins where the shock to its base put it', () => {
  const [first] = cascade.rounds;
  const path = {
    ...first!.assets[0]!,
    asset: '0xst',
    symbol: 'stWETH',
    priceBeforeUsd: 80,
    priceAfterUsd: 60,
  };
  const derived = {
    ...cascade,
    rounds: [{ ...first!, assets: [...first!.assets, path] }],
    byAsset: [{ ...cascade.byAsset[0]!, asset: '0xst', symbol: 'stWETH', priceBeforeUsd: 100 }],
  };
  expect(pricePaths(derived)[0]?.points.map((point) => Number(point.toFixed(9)))).toEqual([-0.2, -0.4]);
});

test('prices that move alike share a line, which a shocked asset names', () => {
  const twin = (name: string, asset: string, factor = 1) => ({
    ...cascade,
    rounds: cascade.rounds.map((round) => ({
      ...round,
      assets: round.assets.flatMap((path) =>
        path.symbol === 'WETH'
          ? [
              {
                ...{ ...path, asset, symbol: name, priceAfterUsd: path.priceAfterUsd * factor },
                priceBeforeUsd: path.priceBeforeUsd,
              },
              path,
            ]
          : [path],
      ),
    })),
    byAsset: cascade.byAsset.flatMap((path) =>
      path.symbol === 'WETH' ? [{ ...path, asset, symbol: name }, path] : [path],
    ),
  });
  const [alike, ...none] = priceGroups(twin('AETH', '0xa'));
  expect([alike?.symbols, alike && groupName(alike), none]).toEqual([['WETH', 'AETH'], 'WETH +1', []]);
  expect(priceGroups(twin('AETH', '0xa', 0.9)).map(groupName)).toEqual(['WETH', 'AETH']);
  expect(toHtml(cascadeChart({ cascade: twin('AETH', '0xa'), theme: 'light', width: 620 }))).toContain(
    '>WETH +1</text>',
  );
});

test('lines of prices have none of the colours of venues', () => {
  const drawn = toHtml(cascadeChart({ cascade, theme: 'light', width: 620 }));
  const strokes = [...drawn.matchAll(/<path[^>]* stroke="([^"]+)"/g)].map(([, colour]) => colour);
  expect(strokes.length).toBeGreaterThan(0);
  for (const colour of strokes) expect(paletteOf('light').categories).not.toContain(colour);
});

describe('headline', () => {
  test('says who, how much, how far and what is left', () => {
    expect(
      cascadeHeadline({
        ...cascade,
        accounts: 132,
        liquidatedUsd: 12.3e6,
        badDebtUsd: 4.1e5,
        amplification: 1.7,
      }),
    ).toMatch(
      /^WETH −20\u202f%: 132 accounts liquidated in \d+ rounds, \$12\.3M of collateral seized, final price −[\d.]+\u202f%, bad debt \$410K, amplification 1\.70×\.$/,
    );
  });

  test('nobody liquidated', () => {
    expect(cascadeHeadline({ ...cascade, accounts: 0 })).toBe('WETH −20\u202f%: nobody is liquidated.');
  });

  test('no fixed point', () => {
    expect(cascadeHeadline({ ...cascade, converged: false })).toContain('No fixed point was reached');
  });

  test('several shocks are grouped by how far they go', () => {
    const shocks = [
      { symbol: 'WETH', ratio: -0.3 },
      { symbol: 'WBTC', ratio: -0.3 },
      { symbol: 'USDC', ratio: -0.05 },
    ];
    expect(shocksInWords(shocks)).toBe('WETH and WBTC −30\u202f%, USDC −5\u202f%');
    expect(shocksInWords([])).toBe('No price move');
    expect(shocksInWords([], 0.5)).toBe('No price move, volatility +50\u202f%');
    expect(shocksInWords([{ symbol: 'WETH', ratio: -0.1 }], -0.2)).toBe(
      'WETH −10\u202f%, volatility −20\u202f%',
    );
  });
});
