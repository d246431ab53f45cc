import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Fact, Hex } from '@undertow/market';
import { RetryableError } from '@undertow/units';
import {
  migrate,
  openStore,
  readBlocks,
  readCheckpoint,
  readFacts,
  startEmbeddedPostgres,
  writeFacts,
  type Store,
} from './index.ts';

const CHAIN = 1;
const BLOCKS_PER_RANGE = 20;
const RANGES = 24;
const FACTS_PER_BLOCK = 40;

const hashOf = (block: number): Hex => `0x${block.toString(16).padStart(64, '0')}`;

function factsOf(block: number): Fact[] {
  return Array.from({ length: FACTS_PER_BLOCK }, (_, logIndex): Fact => {
    const key = { chainId: CHAIN, block, logIndex, part: 0, time: block };
    return logIndex % 2 === 0
      ? { kind: 'PricePosted', ...key, feed: 'eth', answer: BigInt(block), round: 1n, updatedAt: block }
      : {
          ...{ kind: 'LegChanged', ...key, venue: 'v', market: 'm', owner: hashOf(logIndex), side: 'debt' },
          sharesDelta: BigInt(block) * 10n ** 18n,
        };
  });
}

/** Writes what is missing, range by range, as an indexer does. */
async function writeOn(store: Store, onRange: (block: number) => void = () => {}): Promise<void> {
  let from = ((await readCheckpoint(store, CHAIN))?.block ?? -1) + 1;
  for (; from < RANGES * BLOCKS_PER_RANGE; from += BLOCKS_PER_RANGE) {
    const numbers = Array.from({ length: BLOCKS_PER_RANGE }, (_, index) => from + index);
    const to = from + BLOCKS_PER_RANGE - 1;
    onRange(from);
    await writeFacts(store, {
      ...{ chainId: CHAIN, from, facts: numbers.flatMap(factsOf) },
      blocks: numbers.map((number) => ({
        number,
        hash: hashOf(number),
        parentHash: hashOf(number - 1),
        time: number,
      })),
      checkpoint: { block: to, hash: hashOf(to), time: to },
    });
  }
}

async function stateOf(store: Store) {
  const facts: Fact[] = [];
  for await (const some of readFacts(store, CHAIN, { upTo: 1_000_000 })) facts.push(...some);
  return { facts, blocks: await readBlocks(store, CHAIN), checkpoint: await readCheckpoint(store, CHAIN) };
}

function expectWhole({ facts, blocks, checkpoint }: Awaited<ReturnType<typeof stateOf>>): void {
  const count = (checkpoint?.block ?? -1) + 1;
  expect(count % BLOCKS_PER_RANGE).toBe(0);
  // As text: a deep comparison of so many facts takes seconds.
  const text = (some: readonly Fact[]) =>
    some.map((fact) => inspect(fact, { breakLength: Infinity })).join('\n');
  expect(text(facts) === text(Array.from({ length: count }, (_, block) => factsOf(block)).flat())).toBe(true);
  expect(blocks.map(({ number }) => number).reverse()).toEqual(
    Array.from({ length: count }, (_, block) => block),
  );
  expect(checkpoint?.facts ?? 0n).toBe(BigInt(facts.length));
}

it('holds whole ranges only after the database is killed in mid-write, and goes on as if nothing was', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'undertow-crash-'));
  try {
    // A different moment of a different range each time.
    for (const [round, delayMs] of [0, 2, 5, 9].entries()) {
      const server = await startEmbeddedPostgres({ dataDir });
      const store = await openStore(server.connectionString);
      await migrate(store);
      expectWhole(await stateOf(store));
      const killAt = (round * 5 + 3) * BLOCKS_PER_RANGE;
      const failure = await writeOn(store, (from) => {
        if (from === killAt) setTimeout(() => process.kill(server.pid, 'SIGKILL'), delayMs);
      }).catch((error: Error) => error);
      expect(failure).toBeInstanceOf(RetryableError);
      await server.exited;
      await store.close();
    }
    const server = await startEmbeddedPostgres({ dataDir });
    const store = await openStore(server.connectionString);
    const before = await stateOf(store);
    expectWhole(before);
    expect(before.checkpoint?.block).toBeLessThan(RANGES * BLOCKS_PER_RANGE - 1);
    await writeOn(store);
    const after = await stateOf(store);
    expectWhole(after);
    expect(after.checkpoint?.block).toBe(RANGES * BLOCKS_PER_RANGE - 1);
    await store.close();
    await server.stop();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
