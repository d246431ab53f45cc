/** Liquidity that a pool stores for one initialised tick. */
export interface StoredTick {
  readonly tick: number;
  readonly gross: bigint;
  readonly net: bigint;
}

/** Liquidity over a range of ticks. */
export interface LiquidityRange {
  readonly lowerTick: number;
  readonly upperTick: number;
  readonly liquidity: bigint;
}

/**
 * Ranges that give exactly some stored ticks, gross and net: not the positions that made them, which the pool does
 * not list, but the same for every swap. At a tick, (gross + net) ÷ 2 begins and (gross − net) ÷ 2 ends; what ends
 * is taken from what began first. Ticks ascending. Undefined when they are not those of a pool.
 */
export function rangesOfTicks(ticks: readonly StoredTick[]): readonly LiquidityRange[] | undefined {
  const open: { tick: number; liquidity: bigint }[] = [];
  const ranges: LiquidityRange[] = [];
  for (const { tick, gross, net } of ticks) {
    if (gross < net || gross < -net || (gross + net) % 2n !== 0n) return undefined;
    let ends = (gross - net) / 2n;
    while (ends > 0n) {
      const first = open[0];
      if (!first) return undefined;
      const liquidity = first.liquidity < ends ? first.liquidity : ends;
      ranges.push({ lowerTick: first.tick, upperTick: tick, liquidity });
      first.liquidity -= liquidity;
      ends -= liquidity;
      if (first.liquidity === 0n) open.shift();
    }
    const begins = (gross + net) / 2n;
    if (begins > 0n) open.push({ tick, liquidity: begins });
  }
  return open.length === 0 ? ranges : undefined;
}
