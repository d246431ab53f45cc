import { applyFacts, emptyLedger, FOLD_VERSION, ledgerParts, toBook, type Ledger } from '@undertow/book';
import { ledgerAt, retainFacts } from '@undertow/ledgers';
import type { Fact } from '@undertow/market';
import {
  dropSavedLedger,
  forgetChain,
  keepHouse,
  migrate,
  openStore,
  readBlocks,
  readCheckpoint,
  readFacts,
  readFeedSeries,
  readIndexSeries,
  readLegSeries,
  readPoolSeries,
  readPositionEvents,
  readReference,
  readSavedLedgers,
  revertTo,
  saveLedger,
  toTimescale,
  writeFacts,
  type Store,
} from '@undertow/store';
import { LiveBook } from '../../apps/api/src/live-book.ts';
import { openFactSource } from '../../apps/api/src/open-fact-source.ts';
import { hashOf, MadeHistory, owner, timeOf as madeTimeOf } from '../../bench/store/generate-facts.ts';
import { partBytes } from '../../libs/ledgers/src/part-bytes.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { interruptStore } from './fixtures/interrupt-store.ts';

let database: TestDatabase;
let store: Store;
let lastChain = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  const { flavour } = await migrate(store);
  if (flavour !== 'timescale') return;
  // Chunks of a day, as where there are a million facts of a kind a day: each is dropped as soon as it is old.
  await store.pool.query(
    `SELECT set_chunk_time_interval(format('%I.%I', hypertable_schema, hypertable_name)::regclass, interval '1 day')
     FROM timescaledb_information.hypertables WHERE hypertable_schema = current_schema()`,
  );
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

const DAYS = 14;
/** Six hours of blocks: a range that an indexer writes in one go, whose last block is stored. */
const SLICE = 1_800;
const WANTED = { days: 7, finalityDepth: 64 };
const DAY = 86_400;

interface Chain {
  readonly chainId: number;
  readonly facts: readonly Fact[];
  readonly lastBlock: number;
  readonly timeOf: (block: number) => number;
}

/** A chain of two weeks as an indexer wrote it, its aggregates kept; at a time of its own, unless it is to be beside another. */
async function written(facts: number, beside?: Chain): Promise<Chain> {
  const chainId = ++lastChain;
  const shift = (beside?.chainId ?? chainId) * 30 * DAY;
  const timeOf = (block: number) => madeTimeOf(block) + shift;
  const made = new MadeHistory({ chainId, facts, days: DAYS, owners: 12, seed: chainId });
  const [range] = [...made.ranges()];
  const said = range!.facts.map((fact) => ({ ...fact, time: fact.time + shift }));
  for (let from = 0; from <= made.lastBlock; from += SLICE) {
    const block = Math.min(from + SLICE - 1, made.lastBlock);
    const [time, hash] = [timeOf(block), hashOf(block)];
    await writeFacts(store, {
      ...{ chainId, from, facts: said.filter((fact) => fact.block >= from && fact.block <= block) },
      ...(range!.reference && { reference: range!.reference }),
      blocks: [{ number: block, hash, parentHash: hashOf(block - 1), time }],
      checkpoint: { block, hash, time },
    });
  }
  await keepHouse(store, chainId, WANTED.finalityDepth);
  return { chainId, facts: said, lastBlock: made.lastBlock, timeOf };
}

const bookOf = ({ timeOf }: Chain, ledger: Ledger, block: number) =>
  toBook(ledger, { time: timeOf(block) }).hash;

async function truth(chain: Chain, block: number): Promise<string> {
  const { chainId, facts } = chain;
  const ledger = emptyLedger(await readReference(store, chainId));
  applyFacts(
    ledger,
    facts.filter((fact) => fact.block <= block),
  );
  return bookOf(chain, ledger, block);
}

/** Books at the head and at stored blocks are those of all facts down to where they can be computed; below, it is said why not. */
async function expectTruth(chain: Chain): Promise<void> {
  const { keptAbove = -1 } = (await readCheckpoint(store, chain.chainId))!;
  const blocks = (await readBlocks(store, chain.chainId)).map(({ number }) => number);
  const kept = blocks.filter((block) => block >= keptAbove);
  for (const block of new Set([kept[0]!, kept[Math.floor(kept.length / 2)]!, kept.at(-1)!]))
    expect(bookOf(chain, (await ledgerAt(store, chain.chainId, block))!, block)).toBe(
      await truth(chain, block),
    );
  for (const block of blocks.filter((below) => below < keptAbove).slice(0, 1))
    await expect(ledgerAt(store, chain.chainId, block)).rejects.toThrow(
      `so block ${block} can no longer be computed. Ask for block ${keptAbove} or a later one.`,
    );
}

/** All series of a chain that are read from kept aggregates or from facts. */
async function seriesOf({ chainId, facts, lastBlock, timeOf }: Chain, from = timeOf(0)) {
  const part = { chainId, from, to: timeOf(lastBlock) + 1 };
  const kept = [];
  for (const step of ['minute', 'hour', 'day'] as const) {
    const market = facts.find(({ kind }) => kind === 'IndexAccrued') as Extract<
      Fact,
      { kind: 'IndexAccrued' }
    >;
    const of = { ...part, step, venue: 'aave', market: market.market, side: 'debt' } as const;
    kept.push(
      await readFeedSeries(store, { ...part, step, feed: 'feed-1', decimals: 8, fill: step !== 'minute' }),
      await readPoolSeries(store, { ...part, step, pool: poolOf(facts), decimals0: 18, decimals1: 18 }),
      await readIndexSeries(store, { ...of, fill: false }),
    );
  }
  const legs = await readLegSeries(store, { ...part, step: 'hour', owner: owner(0) });
  return { kept, legs };
}

const poolOf = (facts: readonly Fact[]) =>
  (facts.find(({ kind }) => kind === 'LiquidityChanged') as Extract<Fact, { kind: 'LiquidityChanged' }>).pool;

it('drops what is older, where a ledger stands for it, and answers as before from there on', async () => {
  const chain = await written(3_000);
  const other = await written(300, chain);
  const { chainId, lastBlock, timeOf } = chain;
  const before = await seriesOf(chain);
  const head = timeOf(lastBlock);
  const since = Math.floor((head - 7 * DAY) / DAY) * DAY;

  const first = await retainFacts(store, chainId, WANTED);
  const checkpoint = (await readCheckpoint(store, chainId))!;
  expect(first.keptAbove).toBe(checkpoint.keptAbove);
  expect(checkpoint.keptSince).toBe(since);
  expect(timeOf(first.keptAbove!)).toBeGreaterThanOrEqual(since);
  expect(timeOf(first.keptAbove!) - since).toBeLessThan(DAY);
  expect((await readSavedLedgers(store, chainId, FOLD_VERSION)).map(({ block }) => block)).toContain(
    first.keptAbove,
  );
  const { rows } = await store.pool.query<{ facts: string }>(
    'SELECT count(*) AS facts FROM leg_changed WHERE chain_id = $1 AND time < to_timestamp($2)',
    [chainId, since],
  );
  expect(Number(rows[0]!.facts)).toBe(0);
  expect(first.dropped).toBeGreaterThan(1_000);
  expect(checkpoint.facts).toBe(BigInt(chain.facts.length - first.dropped));
  await expectTruth(chain);
  await expectTruth(other);

  // Prices, pools and indices by time are all there; an owner's history begins where facts do, with what was held then.
  const after = await seriesOf(chain);
  expect(after.kept).toEqual(before.kept);
  const points = before.legs.points.filter(({ time }) => time >= since);
  expect(points.length).toBeGreaterThan(0);
  expect(points.length).toBeLessThan(before.legs.points.length);
  expect(after.legs).toEqual({ points, next: undefined, factsFrom: since });
  expect((await seriesOf(chain, since)).legs).toEqual({ points, next: undefined });
  const asked = { chainId, from: timeOf(0), to: head, step: 'hour', owner: owner(0) } as const;
  expect(await readPositionEvents(store, asked)).toMatchObject({ factsFrom: since });

  // The indexer learns from terms which contracts it watches: those are never dropped.
  const terms: Fact[] = [];
  for await (const some of readFacts(store, chainId, { upTo: lastBlock, kinds: ['TermsChanged'] }))
    terms.push(...some);
  expect(terms).toEqual(chain.facts.filter(({ kind }) => kind === 'TermsChanged'));

  // Nothing more to drop.
  expect((await retainFacts(store, chainId, WANTED)).dropped).toBe(0);
});

it('goes on as the head does: the ledger before stands for what is dropped next', async () => {
  const chain = await written(2_000);
  const { chainId } = chain;
  const { keptAbove } = await retainFacts(store, chainId, { ...WANTED, days: 10 });
  const next = await retainFacts(store, chainId, WANTED);
  expect(next.keptAbove).toBeGreaterThan(keptAbove!);
  expect((await readSavedLedgers(store, chainId, FOLD_VERSION)).map(({ block }) => block)).not.toContain(
    keptAbove,
  );
  await expectTruth(chain);
});

it('goes back and on above the ledger, and never below it', async () => {
  const chain = await written(2_000);
  const { chainId, lastBlock, timeOf } = chain;
  const { keptAbove = 0 } = await retainFacts(store, chainId, WANTED);
  await expect(revertTo(store, chainId, keptAbove - 1)).rejects.toThrow(
    /were dropped by retention .* into an empty database/,
  );
  await expectTruth(chain);
  const late = { ...chain.facts.find(({ kind }) => kind === 'PricePosted')!, block: keptAbove, logIndex: 99 };
  const checkpoint = { block: lastBlock, hash: hashOf(lastBlock), time: timeOf(lastBlock) };
  await expect(writeFacts(store, { chainId, facts: [late], blocks: [], checkpoint })).rejects.toThrow(
    /comes late/,
  );
  const kept = chain.facts.filter(({ block }) => block <= keptAbove);
  await revertTo(store, chainId, keptAbove);
  const below = { ...chain, facts: kept };
  expect(bookOf(chain, (await ledgerAt(store, chainId, keptAbove))!, keptAbove)).toBe(
    await truth(below, keptAbove),
  );
  await writeFacts(store, { chainId, facts: chain.facts.slice(kept.length), blocks: [], checkpoint });
  expect(bookOf(chain, (await ledgerAt(store, chainId, lastBlock))!, lastBlock)).toBe(
    await truth(chain, lastBlock),
  );
  await expect(toTimescale(store)).rejects.toThrow();
  await forgetChain(store, chainId);
  const { rows } = await store.pool.query('SELECT 1 FROM leg_opening WHERE chain_id = $1', [chainId]);
  expect(rows).toEqual([]);
});

it('drops nothing for a ledger that is not what its facts make', async () => {
  const chain = await written(500);
  const { chainId, lastBlock, timeOf } = chain;
  // What is saved at that block already is a ledger, but of fewer facts.
  const at = (await readBlocks(store, chainId)).filter(({ time }) => time >= timeOf(lastBlock) - 8 * DAY);
  for (const { number, hash } of at) {
    const wrong = (await ledgerAt(store, chainId, SLICE))!;
    const saved = { chainId, fold: FOLD_VERSION, block: number, hash, facts: 1, revision: 0, drop: () => [] };
    await saveLedger(store, saved, partBytes(ledgerParts(wrong)));
  }
  await expect(retainFacts(store, chainId, WANTED)).rejects.toThrow(/is not what its facts make/);
  expect(await readCheckpoint(store, chainId)).not.toHaveProperty('keptAbove');
  await store.pool.query('DELETE FROM saved_ledger WHERE chain_id = $1', [chainId]);
  await retainFacts(store, chainId, WANTED);
  await expectTruth(chain);
});

it('who stands for dropped facts is kept whoever wants it gone; without it, it is said what to do', async () => {
  const chain = await written(500);
  const { chainId } = chain;
  const { keptAbove } = await retainFacts(store, chainId, WANTED);
  const [anchor] = await readSavedLedgers(store, chainId, FOLD_VERSION);
  expect(anchor!.block).toBe(keptAbove);
  await dropSavedLedger(store, anchor!.id);
  await expectTruth(chain);
  // A release whose fold is another one.
  await store.pool.query('UPDATE saved_ledger SET fold = fold - 1 WHERE chain_id = $1', [chainId]);
  const source = await openFactSource(database.connectionString, chainId);
  const live = new LiveBook(source);
  await expect(live.update()).rejects.toThrow(
    /Go back to the release that saved it, or index the chain anew/,
  );
  await expect(live.at()).rejects.toMatchObject({ extensions: { code: 'DROPPED' } });
  expect(
    await retainFacts(store, chainId, { ...WANTED, days: 5 }).catch((error: Error) => error),
  ).toBeInstanceOf(Error);
  expect((await store.pool.query('SELECT 1 FROM saved_ledger WHERE chain_id = $1', [chainId])).rowCount).toBe(
    1,
  );
  // And back.
  await store.pool.query('UPDATE saved_ledger SET fold = fold + 1 WHERE chain_id = $1', [chainId]);
  await live.update();
  expect((await live.at()).book.hash).toBe(await truth(chain, chain.lastBlock));
  await expect(live.at(SLICE)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  await source.close();
});

it('may be cut off before each of its statements: what is there is true, and the next time it is done', async () => {
  let statement = 0;
  // Every one that saves the ledger and calls it the one, then fewer and fewer of the many that drop a day each.
  for (let isDone = false; !isDone; statement = statement < 36 ? statement + 3 : 2 * statement) {
    const chain = await written(120);
    const before = await seriesOf(chain);
    isDone = true;
    const dying = interruptStore(store, statement, (backend) => {
      isDone = false;
      void store.pool.query('SELECT pg_terminate_backend($1)', [backend]);
    });
    await retainFacts(dying, chain.chainId, WANTED).catch(() => undefined);
    await expectTruth(chain);
    const { keptAbove } = await retainFacts(store, chain.chainId, WANTED);
    expect(keptAbove).toBeGreaterThan(0);
    await expectTruth(chain);
    const after = await seriesOf(chain);
    expect(after.kept).toEqual(before.kept);
    const { keptSince = 0 } = (await readCheckpoint(store, chain.chainId))!;
    expect(after.legs.points).toEqual(before.legs.points.filter(({ time }) => time >= keptSince));
  }
  expect(statement).toBeGreaterThan(30);
}, 300_000);
