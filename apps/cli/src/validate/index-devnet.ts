import { addReference, applyFacts, emptyLedger, toBook, type Book } from '@undertow/book';
import { openRpc, readRange } from '@undertow/chain';
import { devnetSources, type Devnet } from '@undertow/devnet';
import { aggregateDepth, depthCurve } from '@undertow/liquidity';

/** The book of the local chain as it is in the next block, folded from its logs without a database. */
export async function indexDevnet(devnet: Devnet): Promise<Book> {
  const { chainId, startBlock } = devnet.network;
  const rpc = await openRpc({ urls: [devnet.url], chainId });
  try {
    const head = await rpc.getBlock('latest');
    if (head === undefined) throw new Error('bug: a local chain has a latest block');
    const sources = devnetSources(devnet.network);
    const range = await readRange(rpc, sources, { from: startBlock, to: head.number });
    const ledger = emptyLedger();
    for (const part of range.reference) addReference(ledger, part);
    applyFacts(ledger, range.facts);
    // The crash happens in the next block, one second later, with interest up to then.
    return toBook(ledger, { time: head.time + 1, depth: { depthCurve, aggregateDepth } });
  } finally {
    rpc.close();
  }
}
