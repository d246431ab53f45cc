import type { RpcAnswer, RpcCall } from './post-json-rpc.ts';
import { RpcFault } from './rpc-fault.ts';
import { toQuantity } from './wire.ts';
import type { LogFilter } from './wire.ts';

/** A named block, or its number. */
export type BlockTag = number | 'latest' | 'safe' | 'finalized';

/** The request for a header, without the bodies of its transactions. */
export function headerCall(block: BlockTag): RpcCall {
  return {
    method: 'eth_getBlockByNumber',
    params: [typeof block === 'number' ? toQuantity(block) : block, false],
  };
}

/** The request for logs of addresses and first topics. */
export function logsCall({ from, to, addresses, topics }: LogFilter): RpcCall {
  const range = { fromBlock: toQuantity(from), toBlock: toQuantity(to) };
  return { method: 'eth_getLogs', params: [{ ...range, address: addresses, topics: [topics] }] };
}

/** The request for how full blocks are, up to and with `last`. */
export function fullnessCall(last: number, count: number): RpcCall {
  return { method: 'eth_feeHistory', params: [toQuantity(count), toQuantity(last), []] };
}

/** The result of one call of a batch; throws the fault that it is instead. */
export function resultOf(answer: RpcAnswer | undefined): unknown {
  if (answer instanceof RpcFault) throw answer;
  return answer?.result;
}
