import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { ledgerLines, toBook } from '@undertow/book';
import { ledgerAt } from '@undertow/ledgers';
import { keepHouse, migrate, openStore, readCheckpoint, type Store } from '@undertow/store';
import type { WatchedNetwork } from '../../apps/indexer/src/indexer-config.ts';
import { openChain, type Chain } from '../../libs/devnet/src/evm/chain.ts';
import { openJsonRpc } from '../../libs/devnet/src/evm/json-rpc.ts';
import { startAnvil, type Anvil } from '../../libs/devnet/src/evm/start-anvil.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { addDatabase, indexToHead } from '../fault/index-from-scratch.ts';

const FIXTURE = new URL('fixtures/628c22f/', import.meta.url);
const MIGRATIONS = new URL('../../migrations/', import.meta.url);

let folder: string;
let database: TestDatabase;
let anvil: Anvil;
let network: WatchedNetwork;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertow-upgrade-'));
  network = JSON.parse(await readFile(new URL('network.json', FIXTURE), 'utf8')) as WatchedNetwork;
  database = await openTestDatabase();
  const chain = join(folder, 'chain');
  await writeFile(chain, await promisify(zstdDecompress)(await readFile(new URL('chain.zst', FIXTURE))));
  anvil = await startAnvil({ chainId: network.chainId, statesKept: 128, loadFrom: chain });
});

afterAll(async () => {
  await anvil?.stop();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The tables of 628c22f, with what it wrote into them. */
async function restore(databaseUrl: string): Promise<void> {
  const old = (await readdir(MIGRATIONS)).filter((file) => file < '0006');
  for (const file of old) await copyFile(new URL(file, MIGRATIONS), join(folder, file));
  const store = await openStore(databaseUrl);
  await migrate(store, pathToFileURL(`${folder}/`));
  await store.pool.query(await readFile(new URL('database.sql', FIXTURE), 'utf8'));
  await store.close();
}

/** The loaded chain has no states before the load: blocks enough for a whole period of calls. */
async function goOn(chain: Chain): Promise<void> {
  const { timestamp } = await chain.rpc<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
  await chain.rpc('evm_setAutomine', [false]);
  await chain.rpc('anvil_setBlockTimestampInterval', [12]);
  await chain.rpc('evm_setNextBlockTimestamp', [Number(timestamp) + 12]);
  for (let block = 0; block < 60; block++) await chain.rpc('evm_mine', []);
}

/** All that can be asked at the head of an index: its book by hash, its ledger line by line. */
async function atHead(store: Store) {
  const { block, hash, time } = (await readCheckpoint(store, network.chainId))!;
  const ledger = (await ledgerAt(store, network.chainId, block))!;
  return { block, hash, lines: ledgerLines(ledger), book: toBook(ledger, { time: time! }).hash };
}

it('a database that 628c22f wrote is followed on, and its book is that of a fresh index', async () => {
  const databaseUrl = await addDatabase(database.connectionString);
  await restore(databaseUrl);
  const store = await openStore(databaseUrl);
  const { rows } = await store.pool.query<{ facts: string }>('SELECT facts FROM checkpoint');
  expect(Number(rows[0]!.facts)).toBeGreaterThan(500);
  await goOn(openChain(openJsonRpc(anvil.url)));
  await indexToHead({ network, rpcUrls: [anvil.url], databaseUrl });
  const freshUrl = await addDatabase(database.connectionString);
  await indexToHead({ network, rpcUrls: [anvil.url], databaseUrl: freshUrl });
  const fresh = await openStore(freshUrl);
  try {
    const expected = await atHead(fresh);
    expect(await atHead(store)).toEqual(expected);
    await keepHouse(store, network.chainId, network.finalityDepth);
    expect(await atHead(store)).toEqual(expected);
  } finally {
    await fresh.close();
    await store.close();
  }
});
