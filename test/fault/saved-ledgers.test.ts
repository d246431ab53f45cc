import { applyFacts, emptyLedger, FOLD_VERSION, toBook, type Ledger } from '@undertow/book';
import { foldLedger, ledgerAt, storeLedgers, type FoldedLedger } from '@undertow/ledgers';
import type { Fact, Hex, PricePosted } from '@undertow/market';
import {
  migrate,
  openStore,
  readCheckpoint,
  readFacts,
  readReference,
  readSavedLedgers,
  revertTo,
  saveLedger,
  writeFacts,
  type Store,
} from '@undertow/store';
import fc from 'fast-check';
import { LiveBook } from '../../apps/api/src/live-book.ts';
import { openFactSource } from '../../apps/api/src/open-fact-source.ts';
import { factsOfAllKinds, worldOfAllKinds } from '../../libs/book/src/fixtures/facts-of-all-kinds.ts';
import { wholeText } from '../../libs/book/src/fixtures/whole-text.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';

let database: TestDatabase;
let store: Store;
let lastChain = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});
afterAll(async () => {
  await store?.close();
  await database?.close();
});

const TOP = factsOfAllKinds.at(-1)!.block;
const BLOCKS = [...new Set(factsOfAllKinds.map(({ block }) => block))];
/** The block of every branch has another hash. */
const hashOf = (block: number, branch: number): Hex =>
  `0x${(block * 1_000 + branch).toString(16).padStart(64, '0')}`;

/** Writes the facts of blocks above `after`; those of another branch say other prices. */
async function write(chainId: number, after: number, branch: number): Promise<void> {
  const facts = factsOfAllKinds.flatMap((fact): Fact[] => {
    if (fact.block <= after) return [];
    const own = { ...fact, chainId };
    return [own.kind === 'PricePosted' ? { ...own, answer: own.answer + BigInt(branch) } : own];
  });
  const ofChain = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ ...row, chainId }));
  const { venues, assets, feeds, pools } = worldOfAllKinds;
  await writeFacts(store, {
    ...{ chainId, facts, from: after + 1 },
    reference: {
      ...{ venues: ofChain(venues), assets: ofChain(assets) },
      ...{ feeds: ofChain(feeds), pools: ofChain(pools) },
    },
    blocks: BLOCKS.filter((block) => block > after).map((number) => ({
      ...{ number, hash: hashOf(number, branch), parentHash: hashOf(number - 1, branch), time: number },
    })),
    checkpoint: { block: TOP, hash: hashOf(TOP, branch), time: TOP },
  });
}

/** A chain with all of the facts. */
async function fullChain(): Promise<number> {
  const chainId = ++lastChain;
  await write(chainId, -1, 0);
  return chainId;
}

const textOf = ({ own: _own, ...ledger }: Ledger) => wholeText(ledger);

async function foldedFromFirst(chainId: number, upTo: number): Promise<Ledger> {
  const ledger = emptyLedger(await readReference(store, chainId));
  for await (const facts of readFacts(store, chainId, { upTo })) applyFacts(ledger, facts);
  return ledger;
}

async function expectSame(chainId: number, block: number): Promise<void> {
  const ledger = await ledgerAt(store, chainId, block);
  expect(textOf(ledger!)).toBe(textOf(await foldedFromFirst(chainId, block)));
}

async function folded(chainId: number, block: number): Promise<FoldedLedger> {
  const { revision } = (await readCheckpoint(store, chainId))!;
  return foldLedger(storeLedgers(store, chainId), { block, revision });
}

const save = async (chainId: number, block: number, branch = 0) =>
  storeLedgers(store, chainId).save(await folded(chainId, block), { block, hash: hashOf(block, branch) });

const savedBlocks = async (chainId: number) =>
  (await readSavedLedgers(store, chainId, FOLD_VERSION)).map(({ block }) => block);

/** Facts that are read while something is done. */
async function readsOf(chainId: number, block: number): Promise<number> {
  const source = storeLedgers(store, chainId);
  const { revision } = (await readCheckpoint(store, chainId))!;
  let reads = 0;
  const counting = {
    ...source,
    async *facts(...range: Parameters<typeof source.facts>) {
      for await (const some of source.facts(...range)) {
        reads += some.length;
        yield some;
      }
    },
  };
  await foldLedger(counting, { block, revision });
  return reads;
}

it('the ledger at any block is what a fold from the first fact makes, whatever was saved, reverted and found late', async () => {
  const step = fc.oneof(
    fc.record({ what: fc.constant('save' as const), at: fc.nat(BLOCKS.length - 1) }),
    fc.record({ what: fc.constant('back' as const), at: fc.nat(BLOCKS.length - 2) }),
    fc.record({ what: fc.constant('late' as const), at: fc.nat(BLOCKS.length - 1) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const chainId = await fullChain();
      const branchOf = new Map<number, number>(BLOCKS.map((block) => [block, 0]));
      for (const [index, { what, at }] of steps.entries()) {
        const block = BLOCKS[at]!;
        if (what === 'save') {
          await save(chainId, block, branchOf.get(block));
        } else if (what === 'back') {
          await revertTo(store, chainId, block);
          await write(chainId, block, index + 1);
          for (const above of BLOCKS) if (above > block) branchOf.set(above, index + 1);
        } else {
          await findLate(chainId, block, index + 1);
        }
        for (const look of [block, BLOCKS[(at + 5) % BLOCKS.length]!, TOP]) await expectSame(chainId, look);
      }
    }),
    { numRuns: 12 },
  );
});

/** A fact of a block that is stored already. */
async function findLate(chainId: number, block: number, answer: number): Promise<void> {
  const late: PricePosted = {
    ...{ kind: 'PricePosted', chainId, block, logIndex: 5_000 + answer, part: 0, time: block },
    ...{ feed: 'late', answer: BigInt(answer), round: 1n, updatedAt: 1 },
  };
  const checkpoint = (await readCheckpoint(store, chainId))!;
  await writeFacts(store, {
    ...{ chainId, facts: [late], blocks: [] },
    checkpoint: { block: TOP, hash: checkpoint.hash!, time: TOP },
  });
}

describe('a saved ledger', () => {
  it('spares reading what it holds, goes with the blocks that the chain goes back behind, and stays below', async () => {
    const chainId = await fullChain();
    const [first, second] = [BLOCKS[3]!, BLOCKS[6]!];
    for (const block of [first, second]) expect(await save(chainId, block)).toBe(true);
    // The first is not needed any more: it is near to the second.
    expect(await savedBlocks(chainId)).toEqual([second]);
    const above = factsOfAllKinds.filter(({ block }) => block > second).length;
    expect(await readsOf(chainId, TOP)).toBe(above);
    expect(await readsOf(chainId, second)).toBe(0);
    expect(await readsOf(chainId, first)).toBeGreaterThan(0);
    await revertTo(store, chainId, second);
    expect(await savedBlocks(chainId)).toEqual([second]);
    await revertTo(store, chainId, second - 1);
    expect(await savedBlocks(chainId)).toEqual([]);
  });

  it('is saved once, by one of those who try at the same time', async () => {
    const chainId = await fullChain();
    const made = await Promise.all([1, 2, 3].map(() => folded(chainId, TOP)));
    const at = { block: TOP, hash: hashOf(TOP, 0) };
    const saved = await Promise.all(made.map((one) => storeLedgers(store, chainId).save(one, at)));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await storeLedgers(store, chainId).save(made[0]!, at)).toBe(false);
    expect(await savedBlocks(chainId)).toEqual([TOP]);
    await expectSame(chainId, TOP);
  });

  it('is not kept when the chain went back while it was being written, and nobody waits for the other', async () => {
    const chainId = await fullChain();
    const at = { chainId, fold: FOLD_VERSION, block: TOP, hash: hashOf(TOP, 0), facts: 1, drop: () => [] };
    const { revision } = (await readCheckpoint(store, chainId))!;
    async function* parts() {
      yield Buffer.from('a');
      await revertTo(store, chainId, BLOCKS[5]!);
      await write(chainId, BLOCKS[5]!, 0);
      yield Buffer.from('b');
    }
    // The hash is the same again; the facts need not be.
    expect(await saveLedger(store, { ...at, revision }, parts())).toBe(false);
    expect(await savedBlocks(chainId)).toEqual([]);
    const { rows } = await store.pool.query('SELECT FROM saved_ledger_part');
    expect(rows).toHaveLength(
      Number(
        (await store.pool.query('SELECT count(*) FROM saved_ledger_part JOIN saved_ledger ON id = ledger'))
          .rows[0].count,
      ),
    );
  });

  it('is not kept for a block that is not stored, or is stored with another hash', async () => {
    const chainId = await fullChain();
    const { save: saveAt } = storeLedgers(store, chainId);
    expect(await saveAt(await folded(chainId, TOP), { block: TOP, hash: hashOf(TOP, 7) })).toBe(false);
    const beyond = { ...(await folded(chainId, TOP)), block: TOP + 1 };
    expect(await saveAt(beyond, { block: TOP + 1, hash: hashOf(TOP + 1, 0) })).toBe(false);
    expect(await savedBlocks(chainId)).toEqual([]);
  });

  it('of another version of the fold is not read; an older one goes when one is saved', async () => {
    const chainId = await fullChain();
    const { revision } = (await readCheckpoint(store, chainId))!;
    async function* nonsense() {
      yield Buffer.from('made by other code');
    }
    for (const fold of [FOLD_VERSION - 1, FOLD_VERSION + 1]) {
      const other = { chainId, fold, block: TOP, hash: hashOf(TOP, 0), facts: 1, revision, drop: () => [] };
      expect(await saveLedger(store, other, nonsense())).toBe(true);
    }
    await expectSame(chainId, TOP);
    expect(await save(chainId, TOP)).toBe(true);
    const counts = [FOLD_VERSION - 1, FOLD_VERSION, FOLD_VERSION + 1].map(
      async (fold) => (await readSavedLedgers(store, chainId, fold)).length,
    );
    expect(await Promise.all(counts)).toEqual([0, 1, 1]);
  });

  it('that is damaged, or was folded by what is no longer known, is passed over, and dropped by who may', async () => {
    const damages = [
      `UPDATE saved_ledger_part SET content = '\\x00' WHERE part = 1 AND ledger = $1`,
      `UPDATE saved_ledger_part SET content = '\\x00' WHERE part = 0 AND ledger = $1`,
      'DELETE FROM saved_ledger_part WHERE part = 2 AND ledger = $1',
      `UPDATE venue SET version = '3.0' WHERE id = 'aave-old' AND $1::bigint > 0 AND chain_id = $2`,
    ];
    for (const sql of damages) {
      const chainId = await fullChain();
      await save(chainId, TOP);
      expect(await readsOf(chainId, TOP)).toBe(0);
      const { id } = (await readSavedLedgers(store, chainId, FOLD_VERSION))[0]!;
      await store.pool.query(sql, sql.includes('$2') ? [id, chainId] : [id]);
      await expectSame(chainId, TOP);
      expect(await readsOf(chainId, TOP)).toBe(factsOfAllKinds.length);
      expect(await savedBlocks(chainId)).toEqual([TOP]);
      const { revision } = (await readCheckpoint(store, chainId))!;
      await foldLedger(storeLedgers(store, chainId, { drops: true }), { block: TOP, revision });
      expect(await savedBlocks(chainId)).toEqual([]);
    }
  });
});

it('the API gives nothing of a dead head, whether the block that the chain went back to is known by its hash or not', async () => {
  const chainId = await fullChain();
  const source = await openFactSource(database.connectionString, chainId);
  const live = new LiveBook(source);
  try {
    await live.update();
    const known = BLOCKS[4]!;
    for (const [branch, back] of [known, TOP - 1].entries()) {
      await revertTo(store, chainId, back);
      // It has not heard of it yet.
      await expect(live.at()).rejects.toMatchObject({ extensions: { code: 'REORGANISED' } });
      expect(await live.head()).toBeUndefined();
      await live.update();
      if (back === known) expect((await live.at()).head.block).toBe(known);
      else await expect(live.at()).rejects.toMatchObject({ extensions: { code: 'REORGANISED' } });
      await write(chainId, back, branch + 1);
      expect(await live.update()).toMatchObject({ block: TOP, hash: hashOf(TOP, branch + 1) });
      const truth = toBook(await foldedFromFirst(chainId, TOP), { time: TOP });
      expect((await live.at()).book.hash).toBe(truth.hash);
    }
  } finally {
    await live.saved();
    await source.close();
  }
});

it('a long fold saves on its way, at blocks that are whole', async () => {
  const chainId = ++lastChain;
  const perBlock = 9_000;
  const facts = Array.from({ length: 15 * perBlock }, (_, row): Fact => {
    const block = Math.floor(row / perBlock);
    const key = { chainId, block, logIndex: row % perBlock, part: 0, time: block };
    return {
      kind: 'PricePosted',
      ...key,
      feed: `feed-${row % 70}`,
      answer: BigInt(row),
      round: 1n,
      updatedAt: 1,
    };
  });
  // Of some blocks the hash is not stored.
  const named = [0, 2, 5, 6, 8, 9, 10, 12, 13, 14];
  await writeFacts(store, {
    ...{ chainId, facts },
    blocks: named.map((number) => ({ number, hash: hashOf(number, 0), parentHash: '0x00', time: number })),
    checkpoint: { block: 14, hash: hashOf(14, 0), time: 14 },
  });
  const source = storeLedgers(store, chainId);
  const { revision } = (await readCheckpoint(store, chainId))!;
  const saved: number[] = [];
  await foldLedger(
    source,
    { block: 14, revision },
    {
      async save(one, at) {
        expect(one.facts).toBe((at.block + 1) * perBlock);
        expect(await source.save(one, at)).toBe(true);
        saved.push(at.block);
      },
    },
  );
  expect(saved.length).toBeGreaterThan(1);
  for (const block of saved) expect(named).toContain(block);
  for (const block of [...saved, 14]) await expectSame(chainId, block);
});
