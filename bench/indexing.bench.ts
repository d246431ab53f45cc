// Events per second from a local chain into PostgreSQL, from spawn to caught up, against Ponder on the same chain and
// the same database server, in turn. Also reading and decoding without the database, memory, the time from a restart to
// serving, and the limit that the chain itself sets: what it gives to a loop that asks for the same logs and throws them away.
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRpc, readRanges, type LogSource } from '@undertow/chain';
import { startDevnet, type Devnet, type DevnetOptions } from '@undertow/devnet';
import { openSource } from '@undertow/sources';
import { migrate, openStore, readCheckpoint, startEmbeddedPostgres } from '@undertow/store';
import pg from 'pg';
import './end-with-parent.ts';
import { startGuard } from './guard.ts';
import { ponderContracts, type PonderContract } from './ponder-site.ts';
import { median, report } from './report.ts';
import { spawnTimed, type TimedRun } from './spawn-timed.ts';

const ACCOUNTS = Number(process.env['ACCOUNTS'] ?? 2_000);
/** All by default; VENUES=aaveV3,morphoBlue for a part of them. */
const VENUES = process.env['VENUES']?.split(',') as DevnetOptions['venues'];
const RUNS = Number(process.env['RUNS'] ?? 3);
const ROOT = join(import.meta.dirname, '..');
const PONDER = join(import.meta.dirname, 'peers/ponder');
const NODE = process.execPath;

interface Place {
  readonly devnet: Devnet;
  readonly server: string;
  readonly head: number;
}

/** An empty database on the same server. */
async function freshDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function headOf(devnet: Devnet): Promise<number> {
  return Number(await devnet.rpc<string>('eth_blockNumber', []));
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Survey {
  readonly sources: readonly LogSource[];
  readonly events: number;
  readonly decodeSeconds: number;
  /** What was asked for in one go. */
  readonly spans: readonly Span[];
}

/** Reads the chain once in this process, which learns every contract and counts the events. */
async function survey(place: Place): Promise<Survey> {
  const { network, url } = place.devnet;
  const rpc = await openRpc({ urls: [url], chainId: network.chainId });
  const sources = network.deployments.map(openSource);
  const started = performance.now();
  let events = 0;
  const spans: Span[] = [];
  // Calls about what never changes go to the head: states of older blocks are pruned.
  const readAt = () => Promise.resolve(place.head);
  for await (const range of readRanges(rpc, sources, { from: 0, to: place.head, readAt })) {
    events += range.logs;
    spans.push(range);
  }
  return { sources, events, spans, decodeSeconds: (performance.now() - started) / 1000 };
}

/** Seconds in which the chain gives the same logs, two answers under way as in the indexer, to nobody. */
async function chainAlone({ devnet }: Place, { sources, spans }: Survey): Promise<number> {
  const address = [...new Set(sources.flatMap((source) => source.addresses()))];
  const topics = [[...new Set(sources.flatMap((source) => source.topics))]];
  const rest = [...spans];
  const ask = async () => {
    for (let span = rest.shift(); span !== undefined; span = rest.shift()) {
      const range = { fromBlock: `0x${span.from.toString(16)}`, toBlock: `0x${span.to.toString(16)}` };
      const params = [{ ...range, address, topics }];
      const response = await fetch(devnet.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_getLogs', params }),
      });
      await response.arrayBuffer();
    }
  };
  const started = performance.now();
  await Promise.all([ask(), ask()]);
  return (performance.now() - started) / 1000;
}

async function runOurs(place: Place, index: number): Promise<TimedRun & { restartSeconds: number }> {
  const databaseUrl = await freshDatabase(place.server, `bench_ours_${index}`);
  const store = await openStore(databaseUrl);
  await migrate(store);
  const { network, url } = place.devnet;
  const program = {
    command: NODE,
    args: ['apps/indexer/src/main.ts'],
    cwd: ROOT,
    env: { UNDERTOW_INDEXER: JSON.stringify({ network, rpcUrls: [url], databaseUrl }) },
    limitSeconds: 300,
  };
  const start = await headOf(place.devnet);
  const first = await spawnTimed({
    ...program,
    isDone: async () => (await readCheckpoint(store, network.chainId))?.block === start,
  });
  // A restart serves as soon as it holds the chain and has compared the stored hashes with it: it then stores a new block.
  await place.devnet.rpc('evm_mine', []);
  const head = await headOf(place.devnet);
  const again = await spawnTimed({
    ...program,
    isDone: async () => (await readCheckpoint(store, network.chainId))?.block === head,
  });
  await store.close();
  return { ...first, restartSeconds: again.seconds };
}

async function runPonder(
  place: Place,
  index: number,
  contracts: readonly PonderContract[],
): Promise<TimedRun> {
  const databaseUrl = await freshDatabase(place.server, `bench_ponder_${index}`);
  const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
  startGuard().remove(folder);
  const site = join(folder, 'site.json');
  const { devnet } = place;
  writeFileSync(
    site,
    JSON.stringify({ rpcUrl: devnet.url, chainId: devnet.network.chainId, databaseUrl, contracts }),
  );
  const port = 40_000 + ((process.pid + index) % 20_000);
  try {
    return await spawnTimed({
      command: NODE,
      args: [
        'node_modules/ponder/dist/esm/bin/ponder.js',
        'start',
        '--schema',
        'bench',
        '--port',
        String(port),
        '--hostname',
        '127.0.0.1',
      ],
      cwd: PONDER,
      env: { BENCH_SITE: site, PONDER_TELEMETRY_DISABLED: 'true', CI: 'true' },
      limitSeconds: 600,
      isDone: () =>
        fetch(`http://127.0.0.1:${port}/ready`).then(
          ({ status }) => status === 200,
          () => false,
        ),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  if (!existsSync(join(PONDER, 'node_modules'))) {
    console.log('Installing Ponder for the comparison …');
    execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
      cwd: PONDER,
      stdio: 'inherit',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), 'undertow-bench-'));
  startGuard().remove(folder);
  chmodSync(folder, 0o711); // Root steps down for PostgreSQL, which must pass.
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') });
  const devnet = await startDevnet({
    ...{ seed: 1, accounts: ACCOUNTS, onProgress: console.log },
    ...(VENUES && { venues: VENUES }),
  });
  try {
    const head = await headOf(devnet);
    const place = { devnet, server: database.connectionString, head };
    const surveyed = await survey(place);
    const { sources, events, decodeSeconds } = surveyed;
    const contracts = ponderContracts(sources);
    console.log(`${events} events in ${head} blocks; read and decoded in ${decodeSeconds.toFixed(2)} s`);
    const ours = [];
    const alone = [];
    const peer = [];
    for (let index = 0; index < RUNS; index++) {
      ours.push(await runOurs(place, index));
      console.log(`run ${index + 1}: ours ${ours.at(-1)?.seconds.toFixed(2)} s`);
      peer.push(await runPonder(place, index, contracts));
      console.log(`run ${index + 1}: Ponder ${peer.at(-1)?.seconds.toFixed(2)} s`);
      alone.push(await chainAlone(place, surveyed));
      console.log(`run ${index + 1}: the chain alone ${alone.at(-1)?.toFixed(2)} s`);
    }
    const rate = {
      ours: events / median(ours.map((r) => r.seconds)),
      peer: events / median(peer.map((r) => r.seconds)),
    };
    const memory = {
      ours: median(ours.map((r) => r.peakMegabytes)),
      peer: median(peer.map((r) => r.peakMegabytes)),
    };
    const peerName = 'Ponder 0.16.10';
    const noPeer = { peerName: '', peer: null, ratio: null };
    report(
      'indexing',
      [
        { measure: 'spawn to caught up', unit: 'events/s', ...pair(rate), peerName, limit: '≥ 5 × peer' },
        { measure: 'peak memory', unit: 'MB', ...pair(memory), peerName, limit: '< 400' },
        {
          measure: 'read and decode alone',
          unit: 'events/s',
          ours: events / decodeSeconds,
          ...noPeer,
          limit: '≥ 25,000',
        },
        {
          measure: 'logs by the chain alone',
          unit: 'events/s',
          ours: events / median(alone),
          ...noPeer,
          limit: 'what nobody can exceed',
        },
        {
          measure: 'restart to serving',
          unit: 's',
          ours: median(ours.map((r) => r.restartSeconds)),
          ...noPeer,
          limit: '< 2',
        },
      ],
      {
        accounts: ACCOUNTS,
        venues: VENUES?.join(' ') ?? 'all',
        events,
        blocks: head,
        runs: RUNS,
        statistic: 'median',
      },
    );
  } finally {
    await devnet.stop();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function pair({ ours, peer }: { ours: number; peer: number }) {
  return { ours, peer, ratio: ours / peer };
}

await main();
