import type { Hex } from 'viem';
import type { Artifacts } from '../artifacts/ensure-artifacts.ts';
import { DEFAULT_GAS, type Chain, type Transaction } from './chain.ts';

/** Sends calls of many senders as few transactions. */
export interface Bundles {
  /**
   * Makes the calls in their order, each from its own sender, hundreds to a transaction. There are no receipts.
   *
   * @throws with what the contract said when one of them fails.
   */
  send(transactions: readonly Transaction[]): Promise<void>;
  /** Takes the code away from the senders: they are accounts without code again. */
  close(): Promise<void>;
}

/** Gas limit of one transaction and of one block: the chain's blocks hold three billion. */
const GAS = { perBundle: 300_000_000n, perBlock: 2_400_000_000n };

/**
 * For building a chain: with a transaction per call, anvil spends most of the time on their receipts. The senders are
 * given the code of a contract that does what the bundle says; on the chain they are `msg.sender` as ever, and all logs
 * are as they would be.
 */
export async function openBundles(chain: Chain, artifacts: Artifacts, from: Hex): Promise<Bundles> {
  const bundle = await chain.deploy(artifacts.Bundle, [], from);
  const model = await chain.deploy(artifacts.BundleActor, [bundle.address], from);
  const code = await chain.rpc<Hex>('eth_getCode', [model.address, 'latest']);
  const actors = new Set<Hex>();
  const setCode = (addresses: readonly Hex[], to: Hex) =>
    chain.batch(addresses.map((address) => ({ method: 'anvil_setCode', params: [address, to] })));
  return {
    async send(transactions) {
      const added = [...new Set(transactions.map((one) => one.from))].filter((sender) => !actors.has(sender));
      for (const sender of added) actors.add(sender);
      await setCode(added, code);
      const bundles = pack(transactions, GAS.perBundle).map((calls): Transaction => {
        const data = `0x${calls.map(encode).join('')}` as const;
        return { from, to: bundle.address, data, gas: gasOf(calls) + GAS_PER_BYTE * BigInt(data.length / 2) };
      });
      for (const block of pack(bundles, GAS.perBlock)) await chain.send(block);
    },
    async close() {
      await setCode([...actors], '0x');
      actors.clear();
    },
  };
}

/** Call data that is not zero costs 16 gas a byte; copying it to the sender and on costs a little more. */
const GAS_PER_BYTE = 24n;

/** In their order, as many together as the gas allows. */
function pack(transactions: readonly Transaction[], mostGas: bigint): Transaction[][] {
  const packs: Transaction[][] = [];
  let gas = mostGas;
  for (const transaction of transactions) {
    gas += transaction.gas ?? DEFAULT_GAS;
    if (gas > mostGas) {
      packs.push([]);
      gas = transaction.gas ?? DEFAULT_GAS;
    }
    packs.at(-1)?.push(transaction);
  }
  return packs;
}

function gasOf(transactions: readonly Transaction[]): bigint {
  return transactions.reduce((sum, { gas = DEFAULT_GAS }) => sum + gas, 0n);
}

/** As `Bundle.sol` reads it, without 0x. */
function encode({ from, to, data, value = 0n }: Transaction): string {
  if (!to) throw new Error('bug: a deployment cannot be part of a bundle');
  const call = to.slice(2) + value.toString(16).padStart(32, '0') + data.slice(2);
  return from.slice(2) + (call.length / 2).toString(16).padStart(8, '0') + call;
}
