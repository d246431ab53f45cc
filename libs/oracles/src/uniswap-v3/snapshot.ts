import { readWords } from '@undertow/chain';
import type { CallReader, Read, SnapshotPoint, Words } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact, LiquidityChanged, Pool } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { poolViews } from './abi.ts';
import { rangesOfTicks } from './ranges-of-ticks.ts';
import type { StoredTick } from './ranges-of-ticks.ts';

/** Highest tick of any pool (TickMath.MAX_TICK), and ticks in a word of its bitmap. */
const MAX_TICK = 887_272;
const WORD_TICKS = 256;

/**
 * Price and liquidity of some pools by calls at the end of a block, as facts from nothing: of each pool first the
 * ranges, then the price with the liquidity in range. A pool without a price says nothing. All pools are asked at
 * once, so that the number of requests follows from how much there is to read and not from how many pools there are.
 */
export async function snapshotPools(
  source: string,
  pools: readonly Pool[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const states = await readEach(reader, at, pools, () => STATE_READS);
  const priced = pools.flatMap((pool, i) => {
    const price = priceOf(states[i]?.[0], states[i]?.[1]);
    return price?.sqrtPriceX96 === 0n ? [] : [{ pool, price }];
  });
  const ticks = await readTicks(
    priced.map(({ pool }) => pool),
    reader,
    at,
  );
  const facts = priced.flatMap(({ pool, price }, i) =>
    poolFacts({ source, pool, at }, price, ticks[i] ?? []),
  );
  return facts.map((fact, part) => ({ ...fact, part }));
}

type Price = Extract<LiquidityChanged['change'], { form: 'price' }>;

function poolFacts(
  of: { readonly source: string; readonly pool: Pool; readonly at: SnapshotPoint },
  price: Price | undefined,
  ticks: readonly StoredTick[],
): readonly Fact[] {
  const { source, pool, at } = of;
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
  const ranges = rangesOfTicks(ticks);
  if (!price || !ranges) {
    const reason = `state of pool ${pool.address} cannot be read`;
    return [{ ...key, kind: 'Quarantined', source, reason, topics: [], data: '0x' }];
  }
  const changes: LiquidityChanged['change'][] = ranges.map(({ lowerTick, upperTick, liquidity }) => ({
    form: 'range',
    lowerTick,
    upperTick,
    liquidityDelta: liquidity,
  }));
  return [...changes, price].map((change) => ({
    ...key,
    kind: 'LiquidityChanged',
    pool: pool.address,
    change,
  }));
}

function priceOf(slot0: Words, inRange: Words): Price | undefined {
  const [sqrtPriceX96, tick] = slot0 ?? [];
  const liquidity = inRange?.[0];
  if (sqrtPriceX96 === undefined || tick === undefined || liquidity === undefined) return undefined;
  return { form: 'price', sqrtPriceX96, tick: Number(BigInt.asIntN(24, tick)), liquidity };
}

/** Initialised ticks of each pool, ascending. */
async function readTicks(
  pools: readonly Pool[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly (readonly StoredTick[])[]> {
  const words = await readEach(reader, at, pools, (pool) =>
    wordPositions(pool).map((position) => data('tickBitmap', position)),
  );
  const ticks = new Map(pools.map((pool, i) => [pool, ticksOf(pool, words[i] ?? [])]));
  const stored = await readEach(reader, at, pools, (pool) =>
    ticks.get(pool)!.map((tick) => data('ticks', tick)),
  );
  return pools.map((pool, i) =>
    ticks.get(pool)!.map((tick, n) => {
      const [gross = 0n, net = 0n] = stored[i]?.[n] ?? [];
      return { tick, gross, net: BigInt.asIntN(128, net) };
    }),
  );
}

function wordPositions({ tickSpacing }: Pool): readonly number[] {
  const last = Math.floor(MAX_TICK / tickSpacing / WORD_TICKS);
  return Array.from({ length: 2 * last + 2 }, (_, i) => i - last - 1);
}

function ticksOf(pool: Pool, words: readonly Words[]): readonly number[] {
  return wordPositions(pool).flatMap((position, i) => {
    const bitmap = words[i]?.[0] ?? 0n;
    if (bitmap === 0n) return [];
    const bits = Array.from({ length: WORD_TICKS }, (_, bit) => bit).filter(
      (bit) => (bitmap >> BigInt(bit)) & 1n,
    );
    return bits.map((bit) => (position * WORD_TICKS + bit) * pool.tickSpacing);
  });
}

type Data = Read['data'];

/** Answers of each pool to its own reads. */
async function readEach(
  reader: CallReader,
  at: SnapshotPoint,
  pools: readonly Pool[],
  readsOf: (pool: Pool) => readonly Data[],
): Promise<readonly (readonly Words[])[]> {
  const reads = pools.map((pool) => readsOf(pool).map((call): Read => ({ to: pool.address, data: call })));
  const answers = await readWords(reader, at.block, reads.flat());
  let next = 0;
  return reads.map((own) => answers.slice(next, (next += own.length)));
}

const STATE_READS: readonly Data[] = [data('slot0'), data('liquidity')];

function data(functionName: 'slot0' | 'liquidity'): Data;
function data(functionName: 'tickBitmap' | 'ticks', argument: number): Data;
function data(functionName: 'slot0' | 'liquidity' | 'tickBitmap' | 'ticks', argument = 0): Data {
  const withArgument = functionName === 'tickBitmap' || functionName === 'ticks';
  return withArgument
    ? encodeFunctionData({ abi: poolViews, functionName, args: [argument] })
    : encodeFunctionData({ abi: poolViews, functionName });
}
