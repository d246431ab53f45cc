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

it('looks at once, after three hundred blocks, after going back and after forgetting', async () => {
  const watch = watchHoldings('v');
  const look = (block: number) => watch.read(reader, { ...at, block }, holdings);
  expect(await look(1_000)).toEqual([
    { ...at, logIndex: 2_147_483_647, part: 0, kind: 'HoldingRead', venue: 'v', asset: weth, amount: 7n },
  ]);
  expect(await look(1_299)).toEqual([]);
  expect(await look(1_300)).toHaveLength(1);
  expect(await look(1_290)).toHaveLength(1);
  expect(await look(1_291)).toEqual([]);
  watch.forget();
  expect(await look(1_292)).toHaveLength(1);
});
