import type { CallReader } from '@undertow/chain';
import type { Address, Hex } from '@undertow/market';
import { ConfigError } from '@undertow/units';
import type { ContractFunctionArgs, ContractFunctionName, ContractFunctionReturnType } from 'viem';
import { decodeFunctionResult, encodeFunctionData } from 'viem/utils';
import { readAbi } from './abi.ts';

type ReadName = ContractFunctionName<typeof readAbi, 'view'>;
type ReadArgs<Name extends ReadName> = ContractFunctionArgs<typeof readAbi, 'view', Name>;
/** What a call returns. */
export type ReadResult<Name extends ReadName> = ContractFunctionReturnType<typeof readAbi, 'view', Name>;

/** One target and its arguments. */
export type ReadTarget<Name extends ReadName> =
  ReadArgs<Name> extends infer Args extends readonly unknown[]
    ? readonly [to: Address, ...args: Args]
    : never;

/** Calls one function of many targets at a block; `undefined` where it reverted or answered something else. */
export async function tryReadMany<Name extends ReadName>(
  reader: CallReader,
  block: number,
  functionName: Name,
  targets: readonly ReadTarget<Name>[],
): Promise<readonly (ReadResult<Name> | undefined)[]> {
  const calls = targets.map(([to, ...args]) => ({
    to,
    // viem cannot see that the arguments belong to the generic name; `ReadTarget` has checked it.
    data: encodeFunctionData({ abi: readAbi, functionName, args } as Parameters<
      typeof encodeFunctionData
    >[0]),
  }));
  const answers = await reader.calls(calls, block);
  return calls.map((_call, i) => decodeAnswer(functionName, answers[i]));
}

/** As `tryReadMany`, where every call must answer. Throws ConfigError when one does not. */
export async function readMany<Name extends ReadName>(
  reader: CallReader,
  block: number,
  functionName: Name,
  targets: readonly ReadTarget<Name>[],
): Promise<readonly ReadResult<Name>[]> {
  const results = await tryReadMany(reader, block, functionName, targets);
  return results.map((result, i) => {
    if (result !== undefined) return result;
    const to = targets[i]?.[0];
    throw new ConfigError(
      `${to} does not answer ${functionName} at block ${block}: check that the deployment's addresses and version are those of this chain`,
    );
  });
}

function decodeAnswer<Name extends ReadName>(
  functionName: Name,
  data: Hex | undefined,
): ReadResult<Name> | undefined {
  if (data === undefined) return undefined;
  try {
    return decodeFunctionResult({ abi: readAbi, functionName, data } as Parameters<
      typeof decodeFunctionResult
    >[0]) as ReadResult<Name>;
  } catch {
    // Whatever viem dislikes (no data, other types) is the same to a caller: no such answer.
    return undefined;
  }
}
