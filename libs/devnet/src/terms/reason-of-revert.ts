import { decodeErrorResult, type Abi, type Hex } from 'viem';
import type { Chain, Transaction } from '../evm/chain.ts';

/** What a contract says when it reverts: its text, or the name of its error. The call is made again at the head. */
export async function reasonOfRevert(
  chain: Pick<Chain, 'rpc'>,
  { from, to, data }: Transaction,
  abi: Abi,
): Promise<string> {
  try {
    await chain.rpc('eth_call', [{ from, to, data }, 'latest']);
    return 'it gave no reason, and would do it when asked again';
  } catch (error) {
    const { message, cause } = error as Error & { readonly cause?: { readonly data?: Hex } };
    return saidIn(abi, cause?.data) ?? message;
  }
}

/** The text or error in what a call returned when it reverted; undefined where there is none that the contract knows. */
function saidIn(abi: Abi, data: Hex | undefined): string | undefined {
  if (data === undefined || data === '0x') return undefined;
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data });
    return errorName === 'Error' ? String(args[0]) : `${errorName}(${args.join(', ')})`;
  } catch {
    return undefined;
  }
}
