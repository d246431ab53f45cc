import type { Hex } from 'viem';
import { DEFAULT_GAS, type Transaction } from './chain.ts';
import { encodeCall, type Contract } from './contract.ts';

/** Makes transactions that call a function of a contract, with a gas limit. */
export const callWith =
  (gas = DEFAULT_GAS) =>
  (
    from: Hex,
    { address, abi }: Contract,
    functionName: string,
    args: readonly unknown[] = [],
  ): Transaction => ({ from, to: address, data: encodeCall(abi, functionName, args), gas });
