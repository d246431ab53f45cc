import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { startDevnet } from '@undertow/devnet';
import { migrate, openStore, readCheckpoint } from '@undertow/store';
import { startGuard } from '../guard.ts';
import { median, type Row } from '../report.ts';
import { spawnTimed } from '../spawn-timed.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface BesideOptions {
  readonly accounts: number;
  readonly runs: number;
  /** Makes an empty database and gives its address. */
  readonly addDatabase: () => Promise<string>;
}

/**
 * What watching three exchanges adds to indexing: a local chain read from nothing to its head, in turn without them and with them,
 * opened at once and saying 51 markets anew ten times a second.
 */
export async function besideIndexing({ accounts, runs, addDatabase }: BesideOptions): Promise<Row[]> {
  const devnet = await startDevnet({ seed: 1, accounts });
  const exchanges = await serveExchanges();
  try {
    const head = Number(await devnet.rpc<string>('eth_blockNumber', []));
    const run = async (watched: object | undefined) => {
      const databaseUrl = await addDatabase();
      const store = await openStore(databaseUrl);
      await migrate(store);
      const { network, url } = devnet;
      try {
        return await spawnTimed({
          command: process.execPath,
          args: ['apps/indexer/src/main.ts'],
          cwd: ROOT,
          env: {
            UNDERTOW_INDEXER: JSON.stringify({ network, rpcUrls: [url], databaseUrl, exchanges: watched }),
          },
          limitSeconds: 600,
          isDone: async () => (await readCheckpoint(store, network.chainId))?.block === head,
        });
      } finally {
        await store.close();
      }
    };
    const [alone, beside, later] = [[], [], []] as [number[], number[], number[]];
    const [aloneMb, besideMb] = [[], []] as [number[], number[]];
    for (let turn = 0; turn < runs; turn++) {
      const first = await run(undefined);
      const second = await run({ watch: exchanges.watch, firstLookSeconds: 0 });
      const third = await run({ watch: exchanges.watch });
      alone.push(first.seconds);
      beside.push(second.seconds);
      later.push(third.seconds);
      aloneMb.push(first.peakMegabytes);
      besideMb.push(second.peakMegabytes);
      console.log(
        `run ${turn + 1}: ${first.seconds.toFixed(2)} s, ${second.seconds.toFixed(2)} s, ${third.seconds.toFixed(2)} s`,
      );
    }
    const against = (measure: string, unit: string, ours: number[], peer: number[], limit: string): Row => ({
      ...{ measure, unit, limit, ours: median(ours), peerName: 'no exchange', peer: median(peer) },
      ratio: median(ours) / median(peer),
    });
    return [
      against('indexing with three exchanges, opened at once', 's', beside, alone, 'ratio < 1.05'),
      against('the same, opened after ten seconds as by default', 's', later, alone, 'ratio < 1.05'),
      against('peak memory with three exchanges', 'MB', besideMb, aloneMb, '–'),
    ];
  } finally {
    exchanges.stop();
    await devnet.stop();
  }
}

async function serveExchanges(): Promise<{ readonly watch: unknown; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve-exchanges.ts')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
  });
  startGuard().end(child.pid!);
  for await (const line of createInterface({ input: child.stdout! }))
    return {
      watch: JSON.parse(line) as unknown,
      stop: () => {
        child.kill('SIGKILL');
        startGuard().ended(child.pid!);
      },
    };
  throw new Error('the exchanges did not start');
}
