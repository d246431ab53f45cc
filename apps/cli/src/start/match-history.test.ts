import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hex } from '@undertow/market';
import { claimChain, readCheckpoint, readIncidents, writeFacts } from '@undertow/store';
import { ConfigError } from '@undertow/units';
import { openDatabase, type Database } from '../open-database.ts';
import { matchHistory, type ChainHistory } from './match-history.ts';

const CHAIN = 31_337;
const folder = mkdtempSync(join(tmpdir(), 'undertow-history-'));
chmodSync(folder, 0o711); // Root steps down to run PostgreSQL, and must still pass.
let database: Database;
const { DATABASE_URL: given } = process.env;

beforeAll(async () => {
  delete process.env['DATABASE_URL'];
  database = await openDatabase(folder);
}, 60_000);
afterAll(async () => {
  await database.close();
  if (given !== undefined) process.env['DATABASE_URL'] = given;
  rmSync(folder, { recursive: true, force: true });
});

const hash = (block: number, branch = 'a'): Hex => `0x${branch}${block}`;

/** A chain of a height whose blocks are those stored, up to one. */
const chain = (height: number, sameUpTo: number): ChainHistory => ({
  chainId: CHAIN,
  finalityDepth: 64,
  height: async () => height,
  hashOf: async (block) => (block > height ? undefined : hash(block, block <= sameUpTo ? 'a' : 'b')),
});

async function store(from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  await writeFacts(database.store, {
    chainId: CHAIN,
    from,
    facts: [],
    blocks: numbers.map((number) => ({
      number,
      hash: hash(number),
      parentHash: hash(number - 1),
      time: 1_000 + number,
    })),
    checkpoint: { block: to, hash: hash(to), time: 1_000 + to },
  });
}

const incidents = async () =>
  (await readIncidents(database.store, 10)).filter(({ resolved }) => !resolved).map(({ message }) => message);
const stored = async () => (await readCheckpoint(database.store, CHAIN))?.block;

describe('matchHistory', () => {
  it('lets the stored facts follow the local chain', async () => {
    expect(await matchHistory(database.store, chain(5, 5))).toBe('nothing stored');
    await store(0, 100);
    expect(await matchHistory(database.store, chain(100, 100))).toBe('same');
    expect(await matchHistory(database.store, chain(120, 120))).toBe('same');
    expect(await stored()).toBe(100);
    // Restarted from a save 15 blocks back.
    expect(await matchHistory(database.store, chain(85, 85))).toBe('went back');
    expect(await stored()).toBe(85);
    expect(await incidents()).toEqual([expect.stringMatching(/went back from block 100 to block 85/)]);
    // Went on differently after the save.
    expect(await matchHistory(database.store, chain(90, 80))).toBe('went back');
    expect(await stored()).toBe(80);
    // Built anew: nothing in common.
    expect(await matchHistory(database.store, chain(200, -1))).toBe('forgotten');
    expect(await stored()).toBeUndefined();
    expect((await incidents())[0]).toMatch(/built anew/);
    await store(0, 3);
    expect(await matchHistory(database.store, chain(3, 3))).toBe('same');
    expect(await incidents()).toEqual([]);
  });

  it('drops nothing while an indexer writes, and waits for one that is about to end', async () => {
    await store(0, 5);
    const claim = await claimChain(database.store, CHAIN);
    const refused = matchHistory(database.store, chain(200, -1));
    await expect(refused).rejects.toThrow(/Another indexer writes chain 31337/);
    await expect(refused).rejects.toBeInstanceOf(ConfigError);
    expect(await stored()).toBe(5);
    const waiting = matchHistory(database.store, chain(200, -1));
    await claim.release();
    expect(await waiting).toBe('forgotten');
  });
});
