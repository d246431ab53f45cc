import type { SnapshotPoint } from './source.ts';

/**
 * Blocks at which calls are made that are one period: at its first everything is told, at the others what has changed since. So
 * whoever begins later, or begins anew, tells the same as all others from the next period on. Ten minutes on public networks.
 */
const PERIOD_TURNS = 50;

/** The period of calls that a block is in. */
export function callPeriod({ turn, block }: Pick<SnapshotPoint, 'turn' | 'block'>): number {
  return Math.floor((turn ?? block) / PERIOD_TURNS);
}

/** The first block of the period that a block is in, on a network that calls at every so many blocks. */
export function periodStart(block: number, every: number): number {
  return callPeriod({ block, turn: Math.floor(block / every) }) * PERIOD_TURNS * every;
}
