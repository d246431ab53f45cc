import type { Address, Hex } from '@undertow/market';
import type { CallReader } from './source.ts';
import { watchHoldings } from './watch-holdings.ts';

const [weth, odd, pool]: Address[] = [`0x${'aa'.repeat(20)}`, `0x${'bb'.repeat(20)}`, `0x${'cc'.repeat(20)}`];
const holdings = [odd!, weth!].map((asset) => ({ asset, holder: pool! }));
const reader: CallReader = {
  calls: async (calls) =>
    calls.map(({ to, data }): Hex | undefined => {
      expect(data).toBe(`0x70a08231${'cc'.repeat(20).padStart(64, '0')}`);
      return to === odd ? undefined : `0x${'7'.padStart(64, '0')}`;
    }),
};
const at = { chainId: 1, block: 1_000, time: 5 };

it('looks at once, in every three hundred blocks, at what is new, after going back and after a restart', async () => {
  const watch = watchHoldings('v');
  const look = (block: number) => watch.read(reader, { ...at, block }, holdings);
  expect(await look(1_000)).toEqual([
    { ...at, logIndex: 2_147_483_647, part: 0, kind: 'HoldingRead', venue: 'v', asset: weth, amount: 7n },
  ]);
  expect(await look(1_199)).toEqual([]);
  // Another that watches from there on looks in the same ones.
  expect(await look(1_200)).toHaveLength(1);
  expect(await look(1_290)).toEqual([]);
  expect(await look(1_190)).toHaveLength(1);
  watch.restore([]);
  const found = await look(1_191);
  expect(found).toHaveLength(1);
  watch.restore(found);
  // The one that does not say its balance is asked again, and says nothing again.
  expect(await look(1_192)).toEqual([]);
  const more = [...holdings, { asset: pool!, holder: pool! }];
  expect(
    (await watch.read(reader, { ...at, block: 1_193 }, more)).map((fact) => 'asset' in fact && fact.asset),
  ).toEqual([pool]);
});
