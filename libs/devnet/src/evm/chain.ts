import { encodeDeployData, type Hex } from 'viem';
import { assert } from '@undertow/units';
import { linkBytecode, type Artifact } from '../artifacts/artifact.ts';
import { decodeResult, encodeCall, type Contract } from './contract.ts';
import { forgetTraces, type MinedReceipt } from './forget-traces.ts';
import type { JsonRpc } from './json-rpc.ts';

export interface Transaction {
  readonly from: Hex;
  /** Absent = a deployment. */
  readonly to?: Hex;
  readonly data: Hex;
  /** Gas limit. Default `DEFAULT_GAS`. */
  readonly gas?: bigint;
  /** Wei. Default 0. */
  readonly value?: bigint;
}

export type Receipt = Pick<MinedReceipt, 'status' | 'contractAddress' | 'logs'>;

export interface View {
  readonly contract: Contract;
  readonly functionName: string;
  readonly args?: readonly unknown[];
}

/** Sending to and reading from our own chain, where any sender is accepted and we decide when a block is made. */
export interface Chain extends JsonRpc {
  /**
   * Sends and mines in blocks, in the order given: receipts in that order. One that the node refuses counts as failed.
   * @throws when a transaction fails, unless `mayFail`.
   */
  send(
    transactions: readonly Transaction[],
    options?: { mayFail?: boolean; perBlock?: number },
  ): Promise<Receipt[]>;
  deploy(
    artifact: Artifact,
    args: readonly unknown[],
    from: Hex,
    libraries?: Record<string, Hex>,
  ): Promise<Contract>;
  /** One view at the head. */
  read<Result>(contract: Contract, functionName: string, args?: readonly unknown[]): Promise<Result>;
  /** Many views at the head; `undefined` where one reverted. */
  readMany<Result>(views: readonly View[]): Promise<(Result | undefined)[]>;
  /** Gives addresses enough to pay for gas. */
  fund(addresses: readonly Hex[]): Promise<void>;
}

/**
 * Transactions per block. Reading a block's receipts takes anvil time in the square of their number (1.6 µs per pair),
 * making a block takes time in proportion to the whole state (10 ms with 2,000 accounts). What need not be transactions
 * of their own goes in bundles (`openBundles`).
 */
const PER_BLOCK = 250;

export const DEFAULT_GAS = 2_000_000n;

const GAS_MONEY = `0x${(10n ** 24n).toString(16)}`;

export function openChain(json: JsonRpc): Chain {
  const sendBlock = blockSender(json);
  async function send(
    transactions: readonly Transaction[],
    { mayFail = false, perBlock = PER_BLOCK }: { mayFail?: boolean; perBlock?: number } = {},
  ): Promise<Receipt[]> {
    const receipts: Receipt[] = [];
    for (let start = 0; start < transactions.length; start += perBlock) {
      const part = transactions.slice(start, start + perBlock);
      const made = await sendBlock(part);
      if (!mayFail) for (const [k, receipt] of made.entries()) await checkSuccess(json, receipt, part[k]);
      receipts.push(...made);
    }
    return receipts;
  }
  return {
    ...json,
    send,
    async deploy(artifact, args, from, libraries = {}) {
      const { abi } = artifact;
      const data = encodeDeployData({ abi, bytecode: linkBytecode(artifact, libraries), args });
      const [receipt] = await send([{ from, data, gas: 30_000_000n }]);
      assert(receipt?.contractAddress, `${artifact.name} was not deployed`);
      return { address: receipt.contractAddress.toLowerCase() as Hex, abi };
    },
    async read<Result>({ address, abi }: Contract, functionName: string, args: readonly unknown[] = []) {
      const data = await json.rpc<Hex>('eth_call', [
        { to: address, data: encodeCall(abi, functionName, args) },
        'latest',
      ]);
      return decodeResult<Result>(abi, functionName, data);
    },
    async readMany<Result>(views: readonly View[]) {
      const results = await json.tryBatch<Hex>(
        views.map(({ contract, functionName, args = [] }) => ({
          method: 'eth_call',
          params: [{ to: contract.address, data: encodeCall(contract.abi, functionName, args) }, 'latest'],
        })),
      );
      return results.map((data, index) => {
        const view = views[index];
        return data && view ? decodeResult<Result>(view.contract.abi, view.functionName, data) : undefined;
      });
    },
    async fund(addresses) {
      await json.batch(
        addresses.map((address) => ({ method: 'anvil_setBalance', params: [address, GAS_MONEY] })),
      );
    },
  };
}

/** What is told of a transaction that did not get into its block. */
const REFUSED: Receipt = { status: '0x0', contractAddress: null, logs: [] };

/**
 * Makes one block of the transactions, in their order: a batch reaches the node in any order, so nonces are explicit
 * and gas prices descend. Nonces are read from the chain each time: a reorg or a revert sets them back. What a block
 * that was interrupted left waiting is dropped first: it would take the nonces of this one.
 */
function blockSender(json: JsonRpc) {
  return async (transactions: readonly Transaction[]): Promise<Receipt[]> => {
    const senders = [...new Set(transactions.map(({ from }) => from))];
    const [, ...counts] = await json.batch<Hex | null>([
      { method: 'anvil_dropAllTransactions' },
      ...senders.map((from) => ({ method: 'eth_getTransactionCount', params: [from, 'latest'] })),
    ]);
    const next = new Map(senders.map((from, index) => [from, Number(counts[index])]));
    const nonces = transactions.map(({ from }) => {
      const nonce = next.get(from) ?? 0;
      next.set(from, nonce + 1);
      return nonce;
    });
    const hashes = await json.tryBatch<Hex>(
      transactions.map(({ from, to, data, gas = DEFAULT_GAS, value }, index) => {
        const order = { gasPrice: hex(transactions.length - index), nonce: hex(nonces[index] ?? 0) };
        const paid = value ? { value: hex(value) } : {};
        const request = { from, ...(to ? { to } : {}), data, gas: hex(gas), ...paid, ...order };
        return { method: 'eth_sendTransaction', params: [request] };
      }),
    );
    await json.rpc('evm_mine');
    const mined = await json.rpc<MinedReceipt[]>('eth_getBlockReceipts', ['latest']);
    const byHash = new Map(mined.map((receipt) => [receipt.transactionHash, receipt]));
    const receipts = hashes.map((hash) => (hash === undefined ? undefined : byHash.get(hash)));
    await forgetTraces(
      json,
      receipts.flatMap((receipt, index) => (receipt ? [{ receipt, nonce: nonces[index] ?? 0 }] : [])),
    );
    return receipts.map((receipt) => receipt ?? REFUSED);
  };
}

/** @throws with what the contract said when it is asked again. */
async function checkSuccess(
  json: JsonRpc,
  receipt: Receipt,
  transaction: Transaction | undefined,
): Promise<void> {
  if (receipt.status === '0x1' || !transaction) return;
  const { from, to, data, gas = DEFAULT_GAS, value = 0n } = transaction;
  const request = { from, to, data, gas: hex(gas), value: hex(value) };
  const reason = await json.rpc('eth_call', [request, 'latest']).then(
    () => 'no reason is given when asked again; it may lack gas',
    (error: Error) => error.message,
  );
  throw new Error(`A transaction from ${from} to ${to} (${data.slice(0, 10)}) failed: ${reason}`);
}

function hex(value: number | bigint): Hex {
  return `0x${value.toString(16)}`;
}
