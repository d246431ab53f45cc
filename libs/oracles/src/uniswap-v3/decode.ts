import { compileDecoder, eventTopic, factKey } from '@undertow/chain';
import type { EventArgs, RawLog } from '@undertow/chain';
import type { Fact, Hex, LiquidityChanged } from '@undertow/market';
import type { AbiEvent } from 'viem';
import { poolEvents } from './abi.ts';
import type { UniswapV3Deployment } from './deployments.ts';

/** First topics of the events that say something. */
export const poolTopics: readonly Hex[] = Object.values(poolEvents).map(eventTopic);

type Change = LiquidityChanged['change'];

/** Decoder of the logs of some pools. Logs of other contracts and a burn of nothing say nothing. */
export function uniswapDecoder(deployment: UniswapV3Deployment): (log: RawLog) => readonly Fact[] {
  const pools = new Set(deployment.pools.map((pool) => pool.address));
  return (log) => {
    const read = readers.get(log.topics[0] ?? '0x');
    if (!read || !pools.has(log.address)) return [];
    const changes = read(log);
    if (changes === undefined) {
      const reason = 'not a whole log of its event';
      const { topics, data } = log;
      return [{ ...factKey(log, 0), kind: 'Quarantined', source: deployment.id, reason, topics, data }];
    }
    return changes.map((change, part) => ({
      ...factKey(log, part),
      kind: 'LiquidityChanged',
      pool: log.address,
      change,
    }));
  };
}

const readers: ReadonlyMap<Hex, (log: RawLog) => readonly Change[] | undefined> = new Map([
  reader(poolEvents.initialize, ({ sqrtPriceX96, tick }) => [
    { form: 'price', sqrtPriceX96, tick, liquidity: 0n },
  ]),
  reader(poolEvents.swap, ({ sqrtPriceX96, tick, liquidity }) => [
    { form: 'price', sqrtPriceX96, tick, liquidity },
  ]),
  reader(poolEvents.mint, ({ tickLower, tickUpper, amount }) => range(tickLower, tickUpper, amount)),
  reader(poolEvents.burn, ({ tickLower, tickUpper, amount }) => range(tickLower, tickUpper, -amount)),
]);

function range(lowerTick: number, upperTick: number, liquidityDelta: bigint): readonly Change[] {
  return liquidityDelta === 0n ? [] : [{ form: 'range', lowerTick, upperTick, liquidityDelta }];
}

function reader<const Event extends AbiEvent>(
  event: Event,
  say: (args: EventArgs<Event>) => readonly Change[],
): readonly [Hex, (log: RawLog) => readonly Change[] | undefined] {
  const decode = compileDecoder(event);
  return [
    eventTopic(event),
    (log) => {
      const args = decode(log);
      return args && say(args);
    },
  ];
}
