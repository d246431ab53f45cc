import {
  decodeFunctionResult,
  encodeFunctionData,
  prepareEncodeFunctionData,
  type Abi,
  type Hex,
} from 'viem';

/** A contract on the chain. */
export interface Contract {
  readonly address: Hex;
  readonly abi: Abi;
}

interface Prepared {
  readonly abi: Abi;
  readonly functionName: Hex;
}

const preparedByAbi = new WeakMap<Abi, Map<string, Prepared>>();

/** Call data. Looking a function up in a large ABI costs more than encoding it, so what was found is kept. */
export function encodeCall(abi: Abi, functionName: string, args: readonly unknown[] = []): Hex {
  let byName = preparedByAbi.get(abi);
  if (!byName) preparedByAbi.set(abi, (byName = new Map()));
  // Overloads differ in the number of arguments in the contracts used here.
  const key = `${functionName}/${args.length}`;
  let prepared = byName.get(key);
  if (!prepared) {
    prepared = prepareEncodeFunctionData({ abi, functionName, args }) as Prepared;
    byName.set(key, prepared);
  }
  return encodeFunctionData({ abi: prepared.abi, functionName: prepared.functionName, args });
}

/** What a view returned: one value, or a list when it returns several. */
export function decodeResult<Result>(abi: Abi, functionName: string, data: Hex): Result {
  return decodeFunctionResult({ abi, functionName, data }) as Result;
}
