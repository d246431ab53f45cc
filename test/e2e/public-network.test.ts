import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mine, postPrices, startDevnet, type Devnet } from '@undertow/devnet';
import { ConfigError, RetryableError } from '@undertow/units';
import { lockDataFolder } from '../../apps/cli/src/data-folder.ts';
import { bringUp } from '../../apps/cli/src/start/bring-up.ts';
import { Closers } from '../../apps/cli/src/start/closers.ts';
import { openNetwork } from '../../apps/cli/src/start/open-chain.ts';
import { addMulticall3, posedNetwork } from '../fault/pose-as-public.ts';

const room = mkdtempSync(join(tmpdir(), 'undertow-public-'));
chmodSync(room, 0o711); // Root steps down to run PostgreSQL, and must still pass.
let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 5, accounts: 60, venues: ['aaveV3', 'morphoBlue'] });
  await addMulticall3(devnet);
  await mine(devnet, 3);
}, 120_000);
afterAll(async () => {
  await devnet.stop();
  rmSync(room, { recursive: true, force: true });
});

/** Starts as the command does with a network that it knows, asks the page's API, and stops. */
async function started(work: (ask: (query: string) => Promise<Answer>) => Promise<void>): Promise<void> {
  const closers = new Closers();
  const folder = lockDataFolder(join(room, 'data'));
  closers.add('data folder', () => folder.release());
  try {
    const chainId = devnet.network.chainId;
    const chain = await openNetwork([devnet.url], chainId, posedNetwork(devnet));
    const options = { data: folder.path, port: 0, seed: 1, accounts: 1, agent: false };
    const { pageUrl } = await bringUp({ options, folder, closers }, chain);
    await work(async (query) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query });
      return (await (await fetch(`${pageUrl}graphql`, { method: 'POST', headers, body })).json()) as Answer;
    });
  } finally {
    expect(await closers.closeAll()).toEqual([]);
  }
}

interface Answer {
  readonly data?: {
    readonly status: {
      readonly head: { readonly block: number } | null;
      readonly coverage: {
        readonly share: number;
        readonly accounts: number;
        readonly gaps: readonly object[];
      };
    };
    readonly cascade: { readonly liquidatedUsd: number; readonly amplification: number };
  } | null;
}

const QUERY = `{
  status { head { block } coverage { share accounts gaps { source reason } } }
  cascade(moves: [{ what: "WETH", move: -0.3 }]) { liquidatedUsd amplification }
}`;

/** Looks until it holds; the test's time limit is the end of patience. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a public network is read, shown and followed, and a restart goes on', async () => {
  let left: NonNullable<Answer['data']> | undefined;
  await started(async (ask) => {
    // While the accounts are being found there is nothing to ask about.
    const first = await until(async () => (await ask(QUERY)).data ?? undefined);
    // Nobody buys it: told, with its accounts in the book.
    expect(first.status.coverage).toMatchObject({ share: 1, gaps: [{ source: 'RWA' }] });
    expect(first.status.coverage.accounts).toBeGreaterThan(30);
    // What is seized is sold in pools that were found, and that moves prices: there is a cascade.
    expect(first.cascade.liquidatedUsd).toBeGreaterThan(0);
    expect(first.cascade.amplification).toBeGreaterThan(1);
    const shown = first.status.head?.block ?? 0;
    await postPrices(devnet, { WETH: 250_000_000_000n });
    const later = await until(async () => {
      const { data } = await ask(QUERY);
      return data?.status.head && data.status.head.block > shown ? data : undefined;
    });
    // The polled price is in it.
    expect(later.cascade.liquidatedUsd).not.toBe(first.cascade.liquidatedUsd);
    left = later;
  });
  await started(async (ask) => {
    const again = await until(async () => (await ask(QUERY)).data ?? undefined);
    expect(again).toEqual(left);
  });
}, 90_000);

test('an endpoint of another chain, and one that nobody answers at, are told before anything is made', async () => {
  await expect(openNetwork([devnet.url], 1)).rejects.toThrow(ConfigError);
  await expect(openNetwork([devnet.url], 1)).rejects.toThrow(/serves chain 31337, but chain 1 is wanted/);
  await expect(openNetwork(['http://127.0.0.1:9'], 1)).rejects.toThrow(RetryableError);
  await expect(openNetwork(['http://127.0.0.1:9'], 1)).rejects.toThrow(/Check that the node is up/);
});
