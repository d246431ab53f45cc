import fc from 'fast-check';
import { MEASURE_IDS } from '../heatmap/measure.ts';
import { readLink, writeLink } from './link.ts';

test('reading what was written gives the same back', () => {
  const asset = fc.oneof(
    fc.constantFrom('WETH', 'USDC.e', 'USD₮0', 'a+b&c=d'),
    fc.stringMatching(/^0x[0-9a-f]{40}$/),
  );
  const ratio = fc.integer({ min: -999, max: 9_000 }).map((permille) => permille / 1_000);
  const shocks = fc.uniqueArray(fc.record({ asset, ratio }), {
    selector: (shock) => shock.asset,
    maxLength: 6,
  });
  const linked = fc.record({
    measure: fc.constantFrom(...MEASURE_IDS),
    shocks: fc.option(shocks, { nil: undefined }),
    block: fc.option(fc.nat(), { nil: undefined }),
  });
  fc.assert(
    fc.property(linked, (value) => expect(readLink(writeLink(value))).toEqual({ ...value, problems: [] })),
  );
});

test('an empty fragment is the default view', () => {
  expect(readLink('')).toEqual({ measure: 'liquidated', shocks: undefined, block: undefined, problems: [] });
});

test('what cannot be read is named and left out, the rest is used', () => {
  const { shocks, block, measure, problems } = readLink(
    '#measure=fun&shock=WETH:-0.2,WBTC,DAI:-1,WETH:-0.3,X:abc,:1&block=-4',
  );
  expect(shocks).toEqual([{ asset: 'WETH', ratio: -0.2 }]);
  expect([block, measure]).toEqual([undefined, 'liquidated']);
  expect(problems).toHaveLength(7);
});
