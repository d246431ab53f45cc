import type { ReserveTerms } from '@undertow/market';
import { bonusOfStoredBps } from './decode-terms.ts';

/** Terms that the protocol packs into one word. */
export type ConfiguredTerms = Pick<
  ReserveTerms,
  | 'decimals'
  | 'loanToValueBps'
  | 'liquidationThresholdBps'
  | 'liquidationBonusBps'
  | 'liquidationProtocolFeeBps'
  | 'reserveFactorBps'
  | 'isActive'
  | 'isFrozen'
  | 'isPaused'
  | 'isBorrowable'
  | 'category'
  | 'debtCeiling'
>;

/**
 * Reads a reserve's configuration word. The category is 0 from release 3.2 on, where its bits are not used.
 * Source: `ReserveConfiguration` of both releases (bit positions are the same).
 */
export function readConfiguration(word: bigint): ConfiguredTerms {
  const bits = (from: bigint, length: number) => (word >> from) & ((1n << BigInt(length)) - 1n);
  return {
    loanToValueBps: bits(0n, 16),
    liquidationThresholdBps: bits(16n, 16),
    liquidationBonusBps: bonusOfStoredBps(bits(32n, 16)),
    decimals: Number(bits(48n, 8)),
    isActive: bits(56n, 1) === 1n,
    isFrozen: bits(57n, 1) === 1n,
    isBorrowable: bits(58n, 1) === 1n,
    isPaused: bits(60n, 1) === 1n,
    reserveFactorBps: bits(64n, 16),
    liquidationProtocolFeeBps: bits(152n, 16),
    category: Number(bits(168n, 8)),
    debtCeiling: bits(212n, 40),
  };
}
