import type { Fact, Hex, Liquidated, PricePosted } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import fc from 'fast-check';
import { arbitraryFacts, timeOf } from './fixtures/arbitrary-facts.ts';
import {
  countFacts,
  migrate,
  openStore,
  readBlocks,
  readCheckpoint,
  readFacts,
  readReference,
  revertTo,
  setTrust,
  writeFacts,
  type FactRange,
  type Store,
} from './index.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';

let database: TestDatabase;
let store: Store;
let lastChain = 0;
/** A chain that nothing was written of. */
const freshChain = () => ++lastChain;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

const hashOf = (block: number): Hex => `0x${block.toString(16).padStart(64, '0')}`;
const blockOf = (number: number) => ({
  ...{ number, hash: hashOf(number), parentHash: hashOf(number - 1), time: timeOf(number) },
});

/** The facts of blocks `from` to `to` as one range to write. */
function rangeOf(chainId: number, facts: readonly Fact[], from: number, to: number): FactRange {
  return {
    ...{ chainId, from, facts: facts.filter(({ block }) => block >= from && block <= to) },
    blocks: Array.from({ length: to - from + 1 }, (_, index) => blockOf(from + index)),
    checkpoint: { block: to, hash: hashOf(to), time: timeOf(to) },
  };
}

async function allFacts(chainId: number, batch = 7): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for await (const some of readFacts(store, chainId, { upTo: 1_000_000, batch })) facts.push(...some);
  return facts;
}

async function stateOf(chainId: number) {
  return {
    facts: await allFacts(chainId),
    blocks: await readBlocks(store, chainId),
    checkpoint: await readCheckpoint(store, chainId),
  };
}

const price = (chainId: number, block: number, logIndex: number, answer: bigint): PricePosted => ({
  ...{ kind: 'PricePosted', chainId, block, logIndex, part: 0, time: timeOf(block) },
  ...{ feed: 'eth', answer, round: 1n, updatedAt: timeOf(block) },
});

describe('facts', () => {
  it('come back as they were written, in order', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFacts(0), fc.infiniteStream(fc.nat()), async (some, shuffle) => {
        const chainId = freshChain();
        const facts = some.map((fact) => ({ ...fact, chainId }));
        const places = new Map(facts.map((fact) => [fact, shuffle.next().value ?? 0]));
        const shuffled = [...facts].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
        const { written } = await writeFacts(store, rangeOf(chainId, shuffled, 0, 99));
        expect(written).toBe(facts.length);
        expect(await allFacts(chainId)).toEqual(facts);
        expect(await countFacts(store, chainId)).toBe(BigInt(facts.length));
      }),
      { numRuns: 60 },
    );
  });

  it('are the same however ranges are cut, repeated and overlapped', async () => {
    const cuts = fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(arbitraryFacts(0), cuts, async (some, ranges) => {
        const chainId = freshChain();
        const facts = some.map((fact) => ({ ...fact, chainId }));
        let next = 0;
        for (const [a, b] of [...ranges, [0, 99] as const]) {
          const [from, to] = [Math.min(a, b, next), Math.max(a, b)];
          await writeFacts(store, rangeOf(chainId, facts, from, to));
          next = Math.max(next, to + 1);
        }
        const before = await stateOf(chainId);
        expect(before.facts).toEqual(facts);
        expect(before.checkpoint).toMatchObject({ block: 99, hash: hashOf(99), facts: BigInt(facts.length) });
        const again = await writeFacts(store, rangeOf(chainId, facts, 0, 99));
        expect(again.written).toBe(0);
        expect(await stateOf(chainId)).toEqual(before);
      }),
      { numRuns: 40 },
    );
  });

  it('are the same after writing on and going back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFacts(0), fc.nat(98), async (some, at) => {
        const chainId = freshChain();
        const facts = some.map((fact) => ({ ...fact, chainId }));
        await writeFacts(store, rangeOf(chainId, facts, 0, at));
        const before = await stateOf(chainId);
        const { written } = await writeFacts(store, rangeOf(chainId, facts, at + 1, 99));
        const gone = await revertTo(store, chainId, at);
        expect(gone).toMatchObject({ facts: written, blocks: 99 - at });
        const revision = expect.any(Number) as unknown;
        expect(await stateOf(chainId)).toEqual({ ...before, checkpoint: { ...before.checkpoint, revision } });
        expect(await revertTo(store, chainId, at)).toMatchObject({ facts: 0, blocks: 0 });
      }),
      { numRuns: 30 },
    );
  });

  it('can be read from a block on, and while others write', async () => {
    const chainId = freshChain();
    const facts = Array.from({ length: 30 }, (_, block) => price(chainId, block, 0, BigInt(block)));
    await writeFacts(store, rangeOf(chainId, facts, 0, 19));
    const seen: Fact[] = [];
    for await (const some of readFacts(store, chainId, { after: 4, upTo: 25, batch: 5 })) {
      if (seen.length === 0) await writeFacts(store, rangeOf(chainId, facts, 20, 29));
      seen.push(...some);
    }
    expect(seen).toEqual(facts.slice(5, 20));
    for await (const some of readFacts(store, chainId, { upTo: 25, batch: 2 })) {
      expect(some).toHaveLength(2);
      break;
    }
    expect(store.pool.idleCount).toBe(store.pool.totalCount);
  });

  it('hold any text that a contract can give', async () => {
    const chainId = freshChain();
    const key = { chainId, block: 1, logIndex: 0, time: timeOf(1) };
    const label = 'a\0b\ud800';
    await writeFacts(store, {
      ...rangeOf(chainId, [], 0, 1),
      facts: [
        { ...key, part: 0, kind: 'Quarantined', source: 's', reason: label, topics: [], data: '0x' },
        {
          ...key,
          part: 1,
          kind: 'TermsChanged',
          venue: 'v',
          market: 'category:1',
          patch: { form: 'category', label },
        },
      ],
      reference: { assets: [{ chainId, address: '0x01', symbol: label, decimals: 18 }] },
    });
    const shown = 'a\ufffdb\ufffd';
    expect(await allFacts(chainId)).toMatchObject([{ reason: shown }, { patch: { label: shown } }]);
    expect((await readReference(store, chainId)).assets[0]?.symbol).toBe(shown);
  });
});

describe('the checkpoint', () => {
  it('keeps the network and the trust', async () => {
    const chainId = freshChain();
    expect(await readCheckpoint(store, chainId)).toBeUndefined();
    await writeFacts(store, { ...rangeOf(chainId, [], 0, 1), network: { name: 'devnet', finalityDepth: 5 } });
    await setTrust(store, chainId, false, 'deep reorg: index again');
    await writeFacts(store, rangeOf(chainId, [], 2, 3));
    expect(await readCheckpoint(store, chainId)).toEqual({
      ...{ chainId, block: 3, hash: hashOf(3), time: timeOf(3), facts: 0n },
      ...{ trusted: false, reason: 'deep reorg: index again', network: { name: 'devnet', finalityDepth: 5 } },
      revision: 0,
    });
    await setTrust(store, chainId, true);
    expect(await readCheckpoint(store, chainId)).not.toHaveProperty('reason');
  });

  it('has no hash after going back to a block that was not stored', async () => {
    const chainId = freshChain();
    await writeFacts(store, { ...rangeOf(chainId, [], 0, 10), blocks: [blockOf(10)] });
    const { checkpoint } = await revertTo(store, chainId, 5);
    expect(checkpoint).toEqual({ chainId, block: 5, facts: 0n, trusted: true, revision: expect.any(Number) });
  });

  it('makes two writers wait for each other', async () => {
    const chainId = freshChain();
    const facts = Array.from({ length: 40 }, (_, block) => price(chainId, block, 0, BigInt(block)));
    const written = await Promise.all(
      [9, 39, 19, 39].map((to) => writeFacts(store, rangeOf(chainId, facts, 0, to))),
    );
    expect(written.reduce((sum, result) => sum + result.written, 0)).toBe(40);
    expect(await stateOf(chainId)).toMatchObject({ facts, checkpoint: { block: 39, facts: 40n } });
  });
});

describe('reference rows', () => {
  it('are replaced when they come back different, and outlive going back', async () => {
    const chainId = freshChain();
    const reference = {
      venues: [
        { id: 'v', chainId, protocol: 'p', version: '3.0', mechanism: 'isolated-pair', address: '0x01' },
      ],
      assets: [{ chainId, address: '0x0a', symbol: 'WETH', decimals: 18 }],
      feeds: [
        { id: 'f', chainId, description: 'ETH / USD', decimals: 8, aggregator: '0x0b' },
        { id: 'g', chainId, description: 'polled', decimals: 8, least: 1n, greatest: 10n ** 30n },
      ],
      pools: [{ address: '0x0c', chainId, token0: '0x0a', token1: '0x0d', feePips: 3000, tickSpacing: 60 }],
    } as const;
    await writeFacts(store, { ...rangeOf(chainId, [], 0, 5), reference });
    expect(await readReference(store, chainId)).toEqual(reference);
    await revertTo(store, chainId, 0);
    expect(await readReference(store, chainId)).toEqual(reference);
    const assets = [{ chainId, address: '0x0a', symbol: 'WETH', decimals: 6 }] as const;
    await writeFacts(store, { ...rangeOf(chainId, [], 1, 5), reference: { assets: [...assets, ...assets] } });
    expect(await readReference(store, chainId)).toEqual({ ...reference, assets });
  });
});

it('a liquidation that is stored without its transaction is the same when it is given with it', async () => {
  const chainId = freshChain();
  const key = { chainId, block: 1, logIndex: 0, part: 0, time: timeOf(1) };
  const said: Liquidated = {
    ...{ kind: 'Liquidated', ...key, venue: 'v', market: 'm', owner: '0x01', liquidator: '0x02' },
    ...{ collateralAsset: '0x03', debtAsset: '0x04', repaid: 1n, seized: 2n, badDebt: 0n },
  };
  await writeFacts(store, rangeOf(chainId, [said], 0, 1));
  const named = { ...said, transaction: '0xab' } as const;
  expect((await writeFacts(store, rangeOf(chainId, [named], 1, 1))).written).toBe(0);
  const other = { ...named, repaid: 2n };
  await expect(writeFacts(store, rangeOf(chainId, [other], 1, 1))).rejects.toThrow(/says something else/);
});

describe('what is refused, with nothing kept', () => {
  const refused = async (chainId: number, range: FactRange, message: RegExp) => {
    const before = await stateOf(chainId);
    await expect(writeFacts(store, range)).rejects.toThrow(message);
    expect(await stateOf(chainId)).toEqual(before);
  };

  it('a gap, another hash, another fact', async () => {
    const chainId = freshChain();
    const facts = [price(chainId, 1, 0, 1n), price(chainId, 3, 0, 3n)];
    await writeFacts(store, rangeOf(chainId, facts, 0, 3));
    await refused(chainId, rangeOf(chainId, facts, 5, 6), /Blocks 4 to 4 .* missing/);
    const range = rangeOf(chainId, [], 2, 4);
    const blocks = range.blocks.map((block) => ({ ...block, hash: hashOf(block.number + 100) }));
    await refused(chainId, { ...range, blocks }, /Block 2 .* another hash/);
    await refused(
      chainId,
      rangeOf(chainId, [price(chainId, 3, 0, 4n)], 2, 4),
      /PricePosted of block 3, log 0 says something else/,
    );
    const fork = {
      ...rangeOf(chainId, [], 3, 3),
      blocks: [],
      checkpoint: { block: 3, hash: hashOf(9), time: 1 },
    };
    await refused(chainId, fork, /Block 3 .* another hash/);
    await expect(writeFacts(store, fork)).rejects.toBeInstanceOf(BadDataError);
  });

  it('two facts with one key, a fact above the checkpoint, a fact of another chain', async () => {
    const chainId = freshChain();
    const twice = [price(chainId, 1, 0, 1n), price(chainId, 1, 0, 2n)];
    await refused(chainId, rangeOf(chainId, twice, 0, 1), /bug: two different facts/);
    await refused(
      chainId,
      { ...rangeOf(chainId, [], 0, 1), facts: [price(chainId, 2, 0, 1n)] },
      /bug: .* above its checkpoint/,
    );
    await refused(chainId, rangeOf(chainId, [price(chainId + 1, 1, 0, 1n)], 0, 1), /bug: .* not of chain/);
  });

  it('times and numbers that cannot be', async () => {
    const chainId = freshChain();
    const fact = price(chainId, 1, 0, 1n);
    await refused(chainId, rangeOf(chainId, [{ ...fact, time: 1e15 }], 0, 1), /not a block time/);
    await refused(chainId, rangeOf(chainId, [{ ...fact, updatedAt: 1.5 }], 0, 1), /not a whole number/);
  });
});
