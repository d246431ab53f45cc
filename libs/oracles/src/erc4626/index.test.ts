import type { CallReader } from '@undertow/chain';
import type { Address, Hex } from '@undertow/market';
import { numberToHex } from 'viem/utils';
import { openOracle, type Erc4626Deployment } from '../index.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const [vault, adapter, asset] = [address('1'), address('2'), address('3')];
const deployment: Erc4626Deployment = {
  adapter: 'erc4626',
  id: 'erc4626@test',
  vaults: [
    {
      ...{ address: vault, decimals: 18, asset, assetDecimals: 6 },
      feeds: [{ id: adapter, chainId: 1, description: 'share / USD', decimals: 8 }],
    },
  ],
};
const word = (value: bigint): Hex => numberToHex(BigInt.asUintN(256, value), { size: 32 });
const reader = (ratio: Hex | undefined, price: Hex | undefined): CallReader => ({
  calls: async (calls) => calls.map(({ to }) => (to === vault ? ratio : price)),
});
const at = (block: number) => ({ chainId: 1, block, time: 1_000 + block });

describe('vaults as a source', () => {
  test('say the ratio in whole units and the price as the adapter answers it', async () => {
    const facts = await openOracle(deployment).poll!(reader(word(1_150_000n), word(3_450n)), at(7));
    expect(facts).toMatchObject([
      {
        kind: 'RatioPosted',
        asset: vault,
        of: asset,
        ratioWad: 1_150_000_000_000_000_000n,
        part: 0,
        block: 7,
      },
      { kind: 'PricePosted', feed: adapter, answer: 3_450n, round: 7n, updatedAt: 1_007, part: 1 },
    ]);
  });

  test('say only what changed, and all of it again after a reorg and after a restore', async () => {
    const source = openOracle(deployment);
    const kinds = async (block: number, price: bigint) =>
      (await source.poll!(reader(word(5n), word(price)), at(block))).map(({ kind, part }) => [kind, part]);
    const [ratio, price] = [
      ['RatioPosted', 0],
      ['PricePosted', 1],
    ];
    expect(await kinds(7, 1n)).toEqual([ratio, price]);
    expect(await kinds(8, 1n)).toEqual([]);
    expect(await kinds(9, 2n)).toEqual([['PricePosted', 0]]);
    expect(await kinds(9, 2n)).toEqual([ratio, price]);
    source.restore!([]);
    expect(await kinds(12, 2n)).toEqual([ratio, price]);
  });

  test.each([
    ['reverts', undefined, 0n, 'share / USD gives no answer'],
    ['answers nothing', '0x', 0n, 'share / USD gives no answer'],
    ['answers a part of a word', '0x1234', 0n, 'share / USD gives no answer'],
    ['answers zero', word(0n), 0n, 'answer 0 of share / USD is not positive'],
    ['answers below zero', word(-5n), -5n, 'answer -5 of share / USD is not positive'],
  ] as const)(
    'a price that %s is none, and is quarantined; the ratio stands',
    async (_what, price, answer, reason) => {
      const source = openOracle(deployment);
      const facts = await source.poll!(reader(word(5n), price), at(7));
      expect(facts).toMatchObject([
        { kind: 'RatioPosted', part: 0 },
        { kind: 'PricePosted', feed: adapter, answer, part: 1 },
        { kind: 'Quarantined', source: 'erc4626@test', reason, part: 2 },
      ]);
      expect(await source.poll!(reader(word(5n), price), at(8))).toEqual([]);
    },
  );

  test('a vault that reverts or is worth nothing is quarantined', async () => {
    for (const ratio of [undefined, word(0n), word(-1n)]) {
      const facts = await openOracle(deployment).poll!(reader(ratio, word(1n)), at(7));
      const reason = `the vault ${vault} does not say what a share is worth`;
      expect(facts[0]).toMatchObject({ kind: 'Quarantined', reason });
    }
  });

  test('a snapshot says the same, and the feeds are told once', async () => {
    const source = openOracle(deployment);
    const snapshot = await source.snapshot(reader(word(5n), word(1n)), at(7), []);
    expect(snapshot.facts.map(({ kind }) => kind)).toEqual(['RatioPosted', 'PricePosted']);
    expect(snapshot.reference).toEqual({ feeds: deployment.vaults[0]!.feeds });
    const told = async () => (await source.enrich([], reader(undefined, undefined), 7)).reference;
    expect(await told()).toEqual(snapshot.reference);
    expect(await told()).toEqual({});
  });
});
