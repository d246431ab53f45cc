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
 * Price and liquidity of some pools by calls at the end of a block, as facts from nothing: first the ranges, then
 * the price with the liquidity in range. A pool without a price says nothing.
 */
export async function snapshotPools(
  source: string,
  pools: readonly Pool[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const pool of pools) facts.push(...(await poolFacts(source, pool, reader, at)));
  return facts.map((fact, part) => ({ ...fact, part }));
}

async function poolFacts(
  source: string,
  pool: Pool,
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const [slot0, inRange] = await readWords(reader, at.block, [read(pool, 'slot0'), read(pool, 'liquidity')]);
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
  const price = priceOf(slot0, inRange);
  if (price?.sqrtPriceX96 === 0n) return [];
  const ranges = rangesOfTicks(await readTicks(pool, reader, at));
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

function priceOf(
  slot0: Words,
  inRange: Words,
): Extract<LiquidityChanged['change'], { form: 'price' }> | undefined {
  const [sqrtPriceX96, tick] = slot0 ?? [];
  const liquidity = inRange?.[0];
  if (sqrtPriceX96 === undefined || tick === undefined || liquidity === undefined) return undefined;
  return { form: 'price', sqrtPriceX96, tick: Number(BigInt.asIntN(24, tick)), liquidity };
}

async function readTicks(pool: Pool, reader: CallReader, at: SnapshotPoint): Promise<readonly StoredTick[]> {
  const last = Math.floor(MAX_TICK / pool.tickSpacing / WORD_TICKS);
  const positions = Array.from({ length: 2 * last + 2 }, (_, i) => i - last - 1);
  const words = await readWords(
    reader,
    at.block,
    positions.map((position) => read(pool, 'tickBitmap', position)),
  );
  const ticks = positions.flatMap((position, i) => {
    const bitmap = words[i]?.[0] ?? 0n;
    const bits = Array.from({ length: WORD_TICKS }, (_, bit) => bit).filter(
      (bit) => (bitmap >> BigInt(bit)) & 1n,
    );
    return bits.map((bit) => (position * WORD_TICKS + bit) * pool.tickSpacing);
  });
  const stored = await readWords(
    reader,
    at.block,
    ticks.map((tick) => read(pool, 'ticks', tick)),
  );
  return ticks.map((tick, i) => {
    const [gross = 0n, net = 0n] = stored[i] ?? [];
    return { tick, gross, net: BigInt.asIntN(128, net) };
  });
}

function read(pool: Pool, functionName: 'slot0' | 'liquidity'): Read;
function read(pool: Pool, functionName: 'tickBitmap' | 'ticks', argument: number): Read;
function read(pool: Pool, functionName: 'slot0' | 'liquidity' | 'tickBitmap' | 'ticks', argument = 0): Read {
  const withArgument = functionName === 'tickBitmap' || functionName === 'ticks';
  const data = withArgument
    ? encodeFunctionData({ abi: poolViews, functionName, args: [argument] })
    : encodeFunctionData({ abi: poolViews, functionName });
  return { to: pool.address, data };
}
