import fc from 'fast-check';
import { MEASURE_IDS } from '../heatmap/measure.ts';
import { readLink, writeLink } from './link.ts';

test('reading what was written gives the same back', () => {
  const asset = fc.oneof(
    fc.constantFrom('WETH', 'USDC.e', 'USD₮0', 'a+b&c=d', 'a,b', 'LP:x,y', '%2C', '100%'),
    fc.stringMatching(/^0x[0-9a-f]{40}$/),
  );
  const ratio = fc.integer({ min: -999, max: 1_000_000 }).map((permille) => permille / 1_000);
  const shocks = fc.uniqueArray(fc.record({ asset, ratio }), {
    selector: (shock) => shock.asset,
    maxLength: 6,
  });
  const linked = fc.record({
    measure: fc.constantFrom(...MEASURE_IDS),
    shocks: fc.option(shocks, { nil: undefined }),
    volatility: fc.integer({ min: -999, max: 1_000_000 }).map((permille) => permille / 1_000),
    block: fc.option(fc.nat(), { nil: undefined }),
    account: fc.option(fc.stringMatching(/^0x[0-9a-f]{40}$/), { nil: undefined }),
  });
  fc.assert(
    fc.property(linked, (value) => expect(readLink(writeLink(value))).toEqual({ ...value, problems: [] })),
  );
});

test('an empty fragment is the default view', () => {
  expect(readLink('')).toEqual({
    ...{ measure: 'liquidated', shocks: undefined, volatility: 0 },
    ...{ block: undefined, account: undefined, problems: [] },
  });
});

test('a link that was encoded once more on its way is read the same', () => {
  const { shocks, problems } = readLink('#shock=WETH%3A-0.2%2CLP%252Cx%3A-0.1');
  expect(shocks).toEqual([
    { asset: 'WETH', ratio: -0.2 },
    { asset: 'LP,x', ratio: -0.1 },
  ]);
  expect(problems).toEqual([]);
});

test('a block that cannot be asked for and a rise beyond a thousandfold are named', () => {
  expect(readLink('#block=2147483647')).toMatchObject({ block: 2_147_483_647, problems: [] });
  expect(readLink('#block=2147483648')).toMatchObject({
    block: undefined,
    problems: ['“2147483648” is not a block number'],
  });
  expect(readLink('#shock=A:1000,B:1000.1').problems).toEqual([
    '“B:1000.1” is not a price move such as WETH:-0.2',
  ]);
});

test('what cannot be read is named and left out, the rest is used', () => {
  const { shocks, block, measure, problems } = readLink(
    '#measure=fun&shock=WETH:-0.2,WBTC,DAI:-1,WETH:-0.3,X:abc,:1&block=-4&volatility=-1&account=0x12',
  );
  expect(shocks).toEqual([{ asset: 'WETH', ratio: -0.2 }]);
  expect([block, measure]).toEqual([undefined, 'liquidated']);
  expect(problems).toHaveLength(9);
});
