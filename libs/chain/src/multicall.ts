import type { Address, Hex } from '@undertow/market';
import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem/utils';
import type { Read } from './call-words.ts';
import type { CallReader } from './source.ts';

/** Multicall3, which has this address on every public network. Source: mds1/multicall3, README. */
const MULTICALL3: Address = '0xca11bde05977b3631167028862be2a173976ca11';

const abi = parseAbi([
  'struct Call { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call[] calls) payable returns (Result[])',
]);

/** Calls put into one: about 10 M gas where each reads a reserve, a fifth of what nodes allow a call by default. */
const CALLS_IN_ONE = 200;
/** Joined calls asked for at once, which travel in one request: half a megabyte. */
const JOINED_AT_ONCE = 5;
/** Fewer are not worth it. */
const LEAST = 4;

/**
 * Reads many things by few calls, through Multicall3: a public endpoint counts calls. Where that contract is not (a
 * local chain, an old block), or a joined call fails, each is called by itself.
 */
export function multicallReader(reader: CallReader): CallReader {
  return {
    async calls(calls, block) {
      if (calls.length < LEAST) return reader.calls(calls, block);
      const chunks = Array.from({ length: Math.ceil(calls.length / CALLS_IN_ONE) }, (_none, i) =>
        calls.slice(i * CALLS_IN_ONE, (i + 1) * CALLS_IN_ONE),
      );
      const results: (Hex | undefined)[] = [];
      for (let at = 0; at < chunks.length; at += JOINED_AT_ONCE) {
        const some = chunks.slice(at, at + JOINED_AT_ONCE);
        // The first alone tells whether the contract is there.
        const known = at === 0 ? some.slice(0, 1) : some;
        const answers = [...(await reader.calls(known.map(join), block))];
        if (at === 0 && answers[0] === '0x') return reader.calls(calls, block);
        if (known.length < some.length) answers.push(...(await reader.calls(some.slice(1).map(join), block)));
        for (const [i, chunk] of some.entries()) {
          const apart = split(answers[i], chunk.length) ?? (await reader.calls(chunk, block));
          results.push(...apart);
        }
      }
      return results;
    },
  };
}

function join(calls: readonly Read[]): Read {
  const parts = calls.map(({ to, data }) => ({ target: to, allowFailure: true, callData: data }));
  return { to: MULTICALL3, data: encodeFunctionData({ abi, functionName: 'aggregate3', args: [parts] }) };
}

/** Results of joined calls; undefined when the whole failed. */
function split(answer: Hex | undefined, count: number): readonly (Hex | undefined)[] | undefined {
  if (answer === undefined || answer === '0x') return undefined;
  try {
    const results = decodeFunctionResult({ abi, functionName: 'aggregate3', data: answer });
    if (results.length !== count) return undefined;
    return results.map(({ success, returnData }) => (success ? returnData : undefined));
  } catch {
    // Whatever else is at the address did not join the calls.
    return undefined;
  }
}
