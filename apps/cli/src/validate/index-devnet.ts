import { addReference, applyFacts, emptyLedger, toBook, type Book } from '@undertow/book';
import { openRpc, pollSources, readRange } from '@undertow/chain';
import type { Devnet } from '@undertow/devnet';
import { openSource } from '@undertow/sources';

/** The book of the local chain as it is in the next block, folded from its logs without a database. */
export async function indexDevnet(devnet: Devnet): Promise<Book> {
  const { chainId, startBlock } = devnet.network;
  const rpc = await openRpc({ urls: [devnet.url], chainId });
  try {
    const head = await rpc.getBlock('latest');
    if (head === undefined) throw new Error('bug: a local chain has a latest block');
    const sources = devnet.network.deployments.map(openSource);
    const range = await readRange(rpc, sources, { from: startBlock, to: head.number });
    const ledger = emptyLedger();
    for (const part of range.reference) addReference(ledger, part);
    applyFacts(ledger, range.facts);
    const at = { chainId, block: head.number, time: head.time };
    const polled = await pollSources(rpc, sources, at);
    for (const part of polled.reference) addReference(ledger, part);
    applyFacts(ledger, polled.facts);
    // The crash happens in the next block, one second later, with interest up to then.
    return toBook(ledger, { time: head.time + 1 });
  } finally {
    rpc.close();
  }
}
