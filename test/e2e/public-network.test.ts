import { mkdtempSync, rmSync } from 'node:fs';
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
let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet({ seed: 5, accounts: 60 });
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
        readonly gaps: readonly { readonly reason: string }[];
      };
    };
    readonly cascade: { readonly totals: object };
  };
}

const QUERY = `{ status { head { block } coverage { share accounts gaps { source reason count debtUsd } } }
  cascade(shocks: [{ asset: "WETH", ratio: 0.4 }]) { accounts amplification badDebtUsd liquidatedUsd } }`;

test('a public network is read, shown and followed, and a restart goes on', async () => {
  await started(async (ask) => {
    for (let i = 0; i < 20; i++) {
      await new Promise((r) => setTimeout(r, 300));
      console.log(JSON.stringify(await ask(QUERY)).slice(0, 1200));
    }
  });
}, 90_000);
