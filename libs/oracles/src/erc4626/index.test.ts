import type { CallReader } from '@undertow/chain';
import type { Address, Hex } from '@undertow/market';
import { numberToHex } from 'viem/utils';
import { openOracle, type Erc4626Deployment } from '../index.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const [vault, asset] = [address('1'), address('3')];
const deployment: Erc4626Deployment = {
  adapter: 'erc4626',
  id: 'erc4626@test',
  vaults: [{ address: vault, decimals: 18, asset, assetDecimals: 6 }],
};
const word = (value: bigint): Hex => numberToHex(BigInt.asUintN(256, value), { size: 32 });
const reader = (ratio: Hex | undefined): CallReader => ({ calls: async (calls) => calls.map(() => ratio) });
const at = (block: number) => ({ chainId: 1, block, time: 1_000 + block });

describe('vaults as a source', () => {
  const ratioWad = 1_150_000_000_000_000_000n;
  const posted = { kind: 'RatioPosted', asset: vault, of: asset, ratioWad, part: 0, block: 7 };

  test('say the ratio in whole units, in a snapshot as at a head', async () => {
    const source = openOracle(deployment);
    expect(await source.poll!(reader(word(1_150_000n)), at(7))).toMatchObject({ facts: [posted] });
    expect(await source.snapshot(reader(word(1_150_000n)), at(7), [])).toMatchObject({ facts: [posted] });
  });

  test('say only what changed, and all of it again after a reorg and after a restore', async () => {
    const source = openOracle(deployment);
    const count = async (block: number, ratio: bigint) =>
      (await source.poll!(reader(word(ratio)), at(block))).facts.length;
    expect([await count(7, 5n), await count(8, 5n), await count(9, 6n), await count(9, 6n)]).toEqual([
      1, 0, 1, 1,
    ]);
    source.restore!([]);
    expect(await count(12, 6n)).toBe(1);
    const { facts } = await source.poll!(reader(word(7n)), at(13));
    source.restore!(facts);
    expect([await count(14, 7n), await count(49, 7n), await count(50, 7n)]).toEqual([0, 0, 1]);
  });

  test.each([undefined, '0x', '0x1234', word(0n), word(-1n)] as const)(
    'a vault that answers %p is quarantined',
    async (ratio) => {
      const { facts } = await openOracle(deployment).poll!(reader(ratio), at(7));
      const reason = `the vault ${vault} does not say what a share is worth`;
      expect(facts).toMatchObject([{ kind: 'Quarantined', source: 'erc4626@test', reason }]);
    },
  );
});
