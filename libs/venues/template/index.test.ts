import type { CallReader } from '@undertow/chain';
import { deployment } from './fixtures/example.ts';
import { openNewVenue } from './index.ts';

const at = { chainId: 1, block: 9, time: 2_000 };
const silent: CallReader = { calls: async (calls) => calls.map(() => undefined) };

// True of a venue that nothing is read of. Replace it by what is true of yours with the first event; the real proof is
// test/devnet/new-venue.test.ts, where every account equals the contract's own views.
test('says that it is not modelled yet, once, and watches nothing', async () => {
  const source = openNewVenue(deployment);
  expect(source.addresses()).toEqual([]);
  const gap = {
    kind: 'Quarantined',
    source: deployment.id,
    reason: expect.stringMatching(/^not modelled yet/),
  };
  expect(await source.poll!(silent, at)).toEqual({ facts: [expect.objectContaining(gap)] });
  expect(await source.poll!(silent, { ...at, block: 10 })).toEqual({ facts: [] });
  expect(await source.enrich([], silent, 9)).toEqual({ facts: [], reference: {} });
  const { facts, reference } = await source.snapshot(silent, at, []);
  expect(facts).toEqual([expect.objectContaining(gap)]);
  expect(reference.venues).toMatchObject([{ id: deployment.id, protocol: 'new-venue' }]);
});
