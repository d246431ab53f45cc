import type { Hex } from 'viem';
import type { JsonRpc } from './json-rpc.ts';

/** A receipt as `eth_getBlockReceipts` gives it. */
export interface MinedReceipt {
  readonly transactionHash: Hex;
  readonly transactionIndex: Hex;
  readonly blockHash: Hex;
  readonly blockNumber: Hex;
  readonly from: Hex;
  readonly to: Hex | null;
  readonly contractAddress: Hex | null;
  readonly type: Hex;
  readonly status: Hex;
  readonly gasUsed: Hex;
  readonly cumulativeGasUsed: Hex;
  readonly logsBloom: Hex;
  readonly logs: readonly { readonly address: Hex; readonly topics: readonly Hex[]; readonly data: Hex }[];
}

/** A transaction that was mined, with what its receipt does not say. */
export interface Mined {
  readonly receipt: MinedReceipt;
  readonly nonce: number;
}

/**
 * Makes anvil forget the call traces of transactions; blocks, receipts and logs stay as they are.
 *
 * anvil keeps the trace of every transaction for ever, in memory and in its state file (four fifths of it), and has no
 * flag against it. Loading a state that holds nothing but transactions (`anvil_loadState`) replaces what is kept of
 * them: read in the source of 1.7.1, `Backend::load_state` and `BlockchainStorage::load_transactions`.
 */
export async function forgetTraces(json: JsonRpc, mined: readonly Mined[]): Promise<void> {
  if (mined.length === 0) return;
  const nothingElse = { block: null, best_block_number: null, accounts: {}, blocks: [] };
  const state = JSON.stringify({ ...nothingElse, transactions: mined.map(withoutTrace) });
  await json.rpc('anvil_loadState', [`0x${Buffer.from(state).toString('hex')}`]);
}

/** As anvil's state file has it (`SerializableTransaction`). */
function withoutTrace({ receipt, nonce }: Mined) {
  const { type, status, cumulativeGasUsed, logsBloom } = receipt;
  return {
    info: {
      transaction_hash: receipt.transactionHash,
      transaction_index: Number(receipt.transactionIndex),
      from: receipt.from,
      to: receipt.to,
      contract_address: receipt.contractAddress,
      traces: [],
      // The two are asked for by `debug_` and `ots_` methods only.
      exit: status === '0x1' ? 'Return' : 'Revert',
      out: null,
      nonce,
      gas_used: Number(receipt.gasUsed),
    },
    receipt: {
      ...{ type, status, cumulativeGasUsed, logsBloom },
      logs: receipt.logs.map(({ address, topics, data }) => ({ address, topics, data })),
    },
    block_hash: receipt.blockHash,
    block_number: Number(receipt.blockNumber),
  };
}
