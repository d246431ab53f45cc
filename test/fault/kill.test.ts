import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDevnet } from '@undertow/devnet';
import type { Devnet } from '@undertow/devnet';
import { startEmbeddedPostgres } from '@undertow/store';
import type { EmbeddedPostgres } from '@undertow/store';
import type { IndexerMessage } from '../../apps/indexer/src/indexer-message.ts';
import { addDatabase, indexFromScratch, readIndexed } from './index-from-scratch.ts';
import type { IndexJob } from './index-from-scratch.ts';

const MAIN = join(import.meta.dirname, '../../apps/indexer/src/main.ts');

let devnet: Devnet;
let server: EmbeddedPostgres;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'undertow-kill-'));
  [devnet, server] = await Promise.all([
    startDevnet({ seed: 6, accounts: 120 }),
    startEmbeddedPostgres({ dataDir }),
  ]);
}, 120_000);
afterAll(async () => {
  await server.stop();
  await devnet.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const children = new Set<ChildProcess>();
afterEach(async () => {
  for (const child of children) await kill({ child });
});

interface Running {
  readonly child: ChildProcess;
  /** Resolves with the first message for which `wanted` holds; rejects when the process ends first. */
  until(wanted: (message: IndexerMessage) => boolean): Promise<IndexerMessage>;
}

function startIndexer(job: IndexJob): Running {
  const config = JSON.stringify({ ...job, pollMs: 50 });
  const child = fork(MAIN, [config], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return {
    child,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        child.on('message', (message: IndexerMessage) => wanted(message) && resolve(message));
        child.once('exit', (code) => reject(new Error(`the indexer ended with ${code}`)));
      }),
  };
}

async function kill({ child }: Pick<Running, 'child'>): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function job(): Promise<IndexJob> {
  const databaseUrl = await addDatabase(server.connectionString);
  return { network: devnet.network, rpcUrls: [devnet.url], databaseUrl };
}

describe('an indexer process', () => {
  it('says when it is ready, ends cleanly on SIGTERM, and resumes without reading again', async () => {
    const target = await job();
    const first = startIndexer(target);
    await first.until(({ type }) => type === 'ready');
    first.child.kill('SIGTERM');
    expect(await once(first.child, 'exit')).toEqual([0, null]);
    const second = startIndexer(target);
    const told: string[] = [];
    second.child.on('message', (message: IndexerMessage) => told.push(message.type));
    const started = performance.now();
    await second.until(({ type }) => type === 'ready');
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(told).toEqual(['ready']);
    // Its parent goes away.
    second.child.disconnect();
    expect(await once(second.child, 'exit')).toEqual([0, null]);
    expect(await readIndexed(target.databaseUrl, devnet.network.chainId)).toEqual(
      await indexFromScratch(target),
    );
  });

  it('loses nothing and doubles nothing when it is killed in mid-write', async () => {
    const target = await job();
    for (const messages of [1, 2]) {
      const running = startIndexer(target);
      let heard = 0;
      // The next range is being written when one is told.
      await running.until(({ type }) => (type === 'progress' || type === 'head') && ++heard === messages);
      await kill(running);
    }
    const last = startIndexer(target);
    await last.until(({ type }) => type === 'ready');
    await kill(last);
    expect(await readIndexed(target.databaseUrl, devnet.network.chainId)).toEqual(
      await indexFromScratch(target),
    );
  });

  it('outlives a database that is killed, and goes on where it was', async () => {
    const target = await job();
    const running = startIndexer(target);
    await running.until(({ type }) => type === 'progress');
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    const error = await running.until(
      (message) => message.type === 'error' && message.name === 'RetryableError',
    );
    expect(error).toHaveProperty('fatal', false);
    await kill(running);
    server = await startEmbeddedPostgres({ dataDir });
    const databaseUrl = new URL(server.connectionString);
    databaseUrl.pathname = new URL(target.databaseUrl).pathname;
    const again = startIndexer({ ...target, databaseUrl: databaseUrl.href });
    await again.until(({ type }) => type === 'ready');
    await kill(again);
    const indexed = await readIndexed(databaseUrl.href, devnet.network.chainId);
    expect(indexed).toEqual(await indexFromScratch({ ...target, databaseUrl: databaseUrl.href }));
  });

  it('ends with a message that says what is wrong with its configuration', async () => {
    const running = startIndexer({ ...(await job()), network: { ...devnet.network, chainId: 1 } });
    const error = await running.until(({ type }) => type === 'error');
    expect(error).toMatchObject({ name: 'ConfigError', fatal: true });
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/serves chain 31337, but chain 1 is wanted/),
    );
    expect(await once(running.child, 'exit')).toEqual([1, null]);
  });
});
