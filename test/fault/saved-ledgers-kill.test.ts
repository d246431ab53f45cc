import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyFacts, emptyLedger, FOLD_VERSION, toBook } from '@undertow/book';
import { foldLedger, storeLedgers } from '@undertow/ledgers';
import {
  migrate,
  openStore,
  readCheckpoint,
  readReference,
  readSavedLedgers,
  startEmbeddedPostgres,
  writeFacts,
  type EmbeddedPostgres,
  type Store,
} from '@undertow/store';
import { LiveBook } from '../../apps/api/src/live-book.ts';
import { openFactSource } from '../../apps/api/src/open-fact-source.ts';
import { factsOfAllKinds, worldOfAllKinds } from '../../libs/book/src/fixtures/facts-of-all-kinds.ts';
import { interruptStore } from './fixtures/interrupt-store.ts';

const CHAIN = 1;
const SAVE_AND_DIE = join(import.meta.dirname, 'fixtures/save-and-die.ts');
const HEAD = {
  block: factsOfAllKinds.at(-1)!.block,
  hash: '0xaa',
  time: factsOfAllKinds.at(-1)!.time,
} as const;

let dataDir: string;
let server: EmbeddedPostgres;
let store: Store;
let truth: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'undertow-saved-'));
  await open();
  await migrate(store);
  await writeFacts(store, {
    ...{ chainId: CHAIN, facts: factsOfAllKinds, reference: worldOfAllKinds, checkpoint: HEAD },
    blocks: [{ number: HEAD.block, hash: HEAD.hash, parentHash: '0xbb', time: HEAD.time }],
  });
  const ledger = emptyLedger(await readReference(store, CHAIN));
  applyFacts(ledger, factsOfAllKinds);
  truth = toBook(ledger, { time: HEAD.time }).hash;
});
afterAll(async () => {
  await store.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function open(): Promise<void> {
  server = await startEmbeddedPostgres({ dataDir });
  store = await openStore(server.connectionString);
}

/** A ledger that is kept is whole, and an API that starts now has the book that the facts make. */
async function expectTruth(): Promise<void> {
  const kept = await readSavedLedgers(store, CHAIN, FOLD_VERSION);
  const { rows } = await store.pool.query<{ bytes: string }>(
    'SELECT coalesce(sum(length(content)), 0) AS bytes FROM saved_ledger_part',
  );
  expect(Number(rows[0]?.bytes)).toBe(kept[0]?.bytes ?? 0);
  const source = await openFactSource(server.connectionString, CHAIN);
  const live = new LiveBook(source);
  await live.update();
  expect((await live.at()).book.hash).toBe(truth);
  await source.close();
}

/** So that the next one is saved. */
async function forgetSaved(): Promise<void> {
  await store.pool.query('DELETE FROM saved_ledger');
}

it('the database is killed before each statement that saves a ledger: the next start has the same book', async () => {
  let isSaved = false;
  for (let statement = 0; !isSaved; statement++) {
    await forgetSaved();
    const { revision } = (await readCheckpoint(store, CHAIN))!;
    const folded = await foldLedger(storeLedgers(store, CHAIN), { block: HEAD.block, revision });
    let isKilled = false;
    const dying = interruptStore(store, statement, (backend) => {
      isKilled = true;
      // Its processes would else go on for a moment without it.
      for (const pid of [server.pid, backend]) process.kill(pid, 'SIGKILL');
    });
    const failure = await storeLedgers(dying, CHAIN)
      .save(folded, HEAD)
      .catch((error: unknown) => error);
    if (isKilled) {
      expect(failure).toBeInstanceOf(Error);
      await server.exited;
      await store.close();
      await open();
    } else {
      expect(failure).toBe(true);
      isSaved = true;
      expect(statement).toBeGreaterThan(15);
    }
    await expectTruth();
  }
}, 300_000);

it('who saves is killed before each statement: the next start has the same book, and saves again', async () => {
  let isSaved = false;
  for (let statement = 0; !isSaved; statement++) {
    await forgetSaved();
    const child = fork(SAVE_AND_DIE, [server.connectionString, String(CHAIN), String(statement)], {
      execArgv: [],
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    isSaved = code === 0;
    expect({ code, signal }).toEqual(isSaved ? { code: 0, signal: null } : { code: null, signal: 'SIGKILL' });
    if (!isSaved) expect(await readSavedLedgers(store, CHAIN, FOLD_VERSION)).toEqual([]);
    else expect(statement).toBeGreaterThan(15);
    await expectTruth();
  }
}, 300_000);
