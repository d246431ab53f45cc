import type { Address, Hex } from '@undertow/market';
import { decodeFunctionData, encodeFunctionResult, parseAbi } from 'viem/utils';
import type { Read } from './call-words.ts';
import { multicallReader } from './multicall.ts';
import type { CallReader } from './source.ts';

const abi = parseAbi([
  'struct Call { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call[] calls) payable returns (Result[])',
]);
const AGGREGATE3 = '0x82ad56cb';
const target: Address = `0x${'a'.repeat(40)}`;

const reads = (count: number): Read[] =>
  Array.from({ length: count }, (_none, i) => ({ to: target, data: `0x${i.toString(16).padStart(8, '0')}` }));

/** Every third call reverts, the others echo their data. */
const echo = (data: Hex) => (Number(data) % 3 === 2 ? undefined : data);

/** A chain whose Multicall3 is there, is not, or reverts as a whole above some number of calls. */
function chain(multicall: { present: boolean; most: number }): CallReader & { asked: number[] } {
  const asked: number[] = [];
  const answer = (data: Hex): Hex | undefined => {
    if (!data.startsWith(AGGREGATE3)) return echo(data);
    if (!multicall.present) return '0x';
    const [calls] = decodeFunctionData({ abi, data }).args;
    if (calls.length > multicall.most) return undefined;
    const result = calls.map(({ callData }) => {
      const said = echo(callData);
      return { success: said !== undefined, returnData: said ?? ('0x' as const) };
    });
    return encodeFunctionResult({ abi, functionName: 'aggregate3', result });
  };
  return {
    asked,
    calls: async (calls) => {
      asked.push(calls.length);
      return calls.map(({ data }) => answer(data));
    },
  };
}

describe('multicallReader', () => {
  it.each([
    ['is there', { present: true, most: 1_000 }, 1_001, [1, 4, 1]],
    ['is not there', { present: false, most: 0 }, 1_001, [1, 1_001]],
    ['runs out of gas', { present: true, most: 100 }, 250, [1, 1, 200]],
    ['is not worth it', { present: true, most: 1_000 }, 3, [3]],
  ])('answers in order when Multicall3 %s', async (_case, multicall, count, asked) => {
    const reader = chain(multicall);
    const answers = await multicallReader(reader).calls(reads(count), 7);
    expect(answers).toEqual(reads(count).map(({ data }) => echo(data)));
    expect(reader.asked).toEqual(asked);
  });

  it('answers nothing with nothing', async () => {
    const reader = chain({ present: true, most: 1_000 });
    expect(await multicallReader(reader).calls([], 7)).toEqual([]);
  });
});
