import fc from 'fast-check';
import { MEASURE_IDS } from '../sections/heatmap/measure.ts';
import { DEFAULT_ADVICE } from '../sections/advice-form/choice.ts';
import { DEFAULT_REPORTS } from '../sections/report-form/choice.ts';
import { DEFAULT_SWEEP } from '../sections/sweep-plan/sweep-choice.ts';
import { readLink, writeLink } from './link.ts';
import { DEFAULT_SETTINGS, DEPOSITORS, LIQUIDATORS, ORACLES, type Settings } from './scenario.ts';

const permille = fc.integer({ min: -999, max: 1_000_000 }).map((value) => value / 1_000);
const anySettings = fc
  .record({
    volatility: permille,
    depth: fc.integer({ min: 1, max: 5_000 }).map((value) => value / 1_000),
    liquidators: fc.constantFrom(...LIQUIDATORS),
    gasUsd: fc.nat({ max: 500 }),
    capitalUsd: fc.integer({ min: 1, max: 1e9 }),
    oracles: fc.constantFrom(...ORACLES),
    depositors: fc.constantFrom(...DEPOSITORS),
  })
  // What does not count with those liquidators is not part of a link.
  .map((settings): Settings => ({
    ...settings,
    gasUsd: settings.liquidators === 'unlimited' ? DEFAULT_SETTINGS.gasUsd : settings.gasUsd,
    capitalUsd: settings.liquidators === 'capital' ? settings.capitalUsd : DEFAULT_SETTINGS.capitalUsd,
  }));

test('reading what was written gives the same back', () => {
  const what = fc.oneof(
    fc.constantFrom('WETH', 'USDC.e', 'USD₮0', 'a+b&c=d', 'a,b', 'LP:x,y', '%2C', '100%'),
    fc.constantFrom('oracle:aave-v3@devnet/wstETH', 'feed:ETH / USD', 'WETH (0x1234…abcd)'),
    fc.stringMatching(/^0x[0-9a-f]{40}$/),
  );
  const moves = fc.uniqueArray(fc.record({ what, move: permille }), {
    selector: (one) => one.what,
    maxLength: 6,
  });
  const override = fc.constantFrom(
    'aave-v3@devnet WETH liquidationThreshold=0.8',
    'morpho@x WETH/USDC 86 % liquidationThreshold=0.8',
    'a@b a+b&c oracle=cap(1.04)',
    'WETH depth=0.5',
  );
  const linked = fc.record({
    measure: fc.constantFrom(...MEASURE_IDS),
    moves: fc.option(moves, { nil: undefined }),
    settings: anySettings,
    overrides: fc.array(override, { maxLength: 4 }),
    block: fc.option(fc.nat(), { nil: undefined }),
    other: fc.option(
      fc.record({ moves, settings: anySettings, overrides: fc.array(override, { maxLength: 2 }) }),
      {
        nil: undefined,
      },
    ),
  });
  fc.assert(
    fc.property(linked, (value) =>
      expect(readLink(writeLink(value))).toEqual({
        ...{ ...value, tab: undefined, venue: undefined, order: 'risk', capUpdate: undefined },
        ...{ sweep: DEFAULT_SWEEP, advice: DEFAULT_ADVICE, reports: DEFAULT_REPORTS },
        ...{ problems: [], scenarioProblems: [] },
      }),
    ),
  );
});

test('an empty query is the default view, and the default view an empty query', () => {
  const empty = readLink('');
  expect(empty).toEqual({
    ...{ measure: 'loss', moves: undefined, settings: DEFAULT_SETTINGS, overrides: [] },
    ...{ block: undefined, other: undefined, tab: undefined, venue: undefined, order: 'risk' },
    ...{ sweep: DEFAULT_SWEEP, advice: DEFAULT_ADVICE, reports: DEFAULT_REPORTS },
    ...{ problems: [], scenarioProblems: [] },
  });
  expect(writeLink(empty)).toBe('');
});

test('a link that was encoded once more on its way is read the same', () => {
  const { moves, problems } = readLink('?shock=WETH%3A-0.2%2CLP%252Cx%3A-0.1');
  expect(moves).toEqual([
    { what: 'WETH', move: -0.2 },
    { what: 'LP,x', move: -0.1 },
  ]);
  expect(problems).toEqual([]);
});

test('a block that cannot be asked for and a rise beyond a thousandfold are named', () => {
  expect(readLink('?block=2147483647')).toMatchObject({ block: 2_147_483_647, problems: [] });
  expect(readLink('?block=2147483648')).toMatchObject({
    block: undefined,
    problems: ['“2147483648” is not a block number'],
  });
  expect(readLink('?shock=A:1000,B:1000.1').problems).toEqual([
    expect.stringContaining('“B:1000.1” must be above −100\u202f% and at most 100,000\u202f%'),
  ]);
});

test('what cannot be read is named and left out, the rest is used', () => {
  const { moves, block, measure, problems } = readLink(
    '?measure=fun&shock=WETH:-0.2,WBTC,DAI:-1,WETH:-0.3,X:abc,:1&block=-4&volatility=-1&tab=x',
  );
  expect(moves).toEqual([{ what: 'WETH', move: -0.2 }]);
  expect([block, measure]).toEqual([undefined, 'loss']);
  expect(problems).toHaveLength(9);
});

test('a fall by more than everything is told as such, with what was meant', () => {
  const { moves, scenarioProblems } = readLink('?shock=WETH:-2&volatility=-1');
  expect(moves).toEqual([]);
  expect(scenarioProblems).toEqual([
    '“WETH:-2” must be above −100\u202f% and at most 100,000\u202f%: nothing falls by all of its price or more; for 2\u202f% down write WETH:-0.02',
    'volatility -1 must be above −100\u202f% and at most 100,000\u202f%: nothing falls by all of its price or more',
  ]);
});

test.each(['shock=WETH', 'shock=A:-0.1,A:-0.2', 'depth=0', 'liquidators=angry', 'set=nonsense', 'block=x'])(
  '%s leaves no scenario to answer; a measure or a tab that is none does',
  (part) => {
    expect(readLink(`?${part}`).scenarioProblems).toHaveLength(1);
    expect(readLink('?measure=fun&tab=x&sho=1').scenarioProblems).toEqual([]);
  },
);

test.each([
  ['?depth=0', 'is not a factor above 0 for depth'],
  ['?depth=', 'is not a factor above 0 for depth'],
  ['?gas=-1', 'is not a cost of gas in USD'],
  ['?liquidators=angry', 'liquidators cannot be “angry”, only rational or unlimited or capital'],
  ['?liquidators=capital', 'liquidators=capital needs capital=<USD a round>'],
  ['?oracles=late', 'oracles cannot be “late”'],
  ['?set=nonsense', '“nonsense” changes no term: it must look like aave-v3@ethereum WETH'],
  ['?sho=WETH:-0.2', 'a link has no “sho”; it may have measure, shock,'],
])('%s is told in words', (link, problem) => {
  const { problems, settings, overrides } = readLink(link);
  expect(problems).toEqual([expect.stringContaining(problem)]);
  expect([settings, overrides]).toEqual([DEFAULT_SETTINGS, []]);
});

test('a scenario to compare with is a scenario of its own; what cannot be read of it is told, and it is left out', () => {
  expect(readLink('?shock=ETH:-0.2&b=shock%3DETH%3A-0.3%26depth%3D0.5').other).toEqual({
    ...{ moves: [{ what: 'ETH', move: -0.3 }], overrides: [] },
    settings: { ...DEFAULT_SETTINGS, depth: 0.5 },
  });
  const { other, problems, scenarioProblems } = readLink('?shock=ETH:-0.2&b=shock%3DETH%3A-3%26block%3D7');
  expect(other).toBeUndefined();
  expect(problems).toEqual([
    expect.stringContaining('in the scenario to compare with, a link has no “block”'),
    expect.stringContaining('in the scenario to compare with, “ETH:-3” must be above'),
  ]);
  expect(scenarioProblems).toEqual([]);
});

test('which accounts are listed is read too, and an order that is none is told', () => {
  expect(readLink('?venue=aave-v3%40devnet&order=all')).toMatchObject({
    venue: 'aave-v3@devnet',
    order: 'all',
  });
  expect(readLink('?order=fun')).toMatchObject({
    order: 'risk',
    problems: ['there is no order “fun” of accounts, only risk, debt, all'],
  });
});
