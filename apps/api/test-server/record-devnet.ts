import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRpc, pollSources, readRange } from '@undertow/chain';
import { startDevnet } from '@undertow/devnet';
import type { Fact, Reference } from '@undertow/market';
import { openSource } from '@undertow/sources';

/** What a small local chain says, read once. */
export interface Recording {
  readonly chainId: number;
  readonly facts: readonly Fact[];
  readonly reference: Reference;
  readonly blocks: readonly { readonly block: number; readonly hash: string; readonly time: number }[];
}

/**
 * What a local chain with real protocols says: built and read, or, while the whole suite runs, taken from the test file that built
 * the same one before (`scripts/run-suite.ts`).
 */
export async function recordDevnet(accounts: number): Promise<Recording> {
  const folder = process.env['UNDERTOW_TEST_FOLDER'];
  if (folder === undefined) return buildAndRead(accounts);
  const file = join(folder, `recorded-devnet-${accounts}.json`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return JSON.parse(kept, withIntegers) as Recording;
  const recording = await buildAndRead(accounts);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(recording, integersAsText));
  await rename(draft, file);
  return recording;
}

/** What no text of a fact begins with. */
const INTEGER = '\u0000integer ';

const integersAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${INTEGER}${value}` : value;

const withIntegers = (_key: string, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(INTEGER) ? BigInt(value.slice(INTEGER.length)) : value;

/** Builds the chain and reads all it says. */
async function buildAndRead(accounts: number): Promise<Recording> {
  const devnet = await startDevnet({ seed: 5, accounts });
  const rpc = await openRpc({ urls: [devnet.url], chainId: devnet.network.chainId });
  try {
    const head = (await rpc.getBlock('latest'))!;
    const sources = devnet.network.deployments.map(openSource);
    const range = await readRange(rpc, sources, { from: 0, to: head.number, everyHeaderFrom: 0 });
    const at = { chainId: rpc.chainId, block: head.number, time: head.time };
    const polled = await pollSources(rpc, sources, at);
    const parts = [...range.reference, ...polled.reference];
    return {
      chainId: rpc.chainId,
      facts: [...range.facts, ...polled.facts],
      reference: {
        venues: parts.flatMap(({ venues = [] }) => venues),
        assets: parts.flatMap(({ assets = [] }) => assets),
        feeds: parts.flatMap(({ feeds = [] }) => feeds),
        pools: parts.flatMap(({ pools = [] }) => pools),
      },
      blocks: range.blocks.map(({ number, hash, time }) => ({ block: number, hash, time })),
    };
  } finally {
    rpc.close();
    await devnet.stop();
  }
}
