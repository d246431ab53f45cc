import type { MoneyMarketGrowth } from './growth.ts';

/** A debt as its market stores it: what was owed when it was last touched, and the market's index then. */
export interface IndexedDebt {
  readonly form: 'indexed-debt';
  /** Raw units of the asset. */
  readonly principal: bigint;
  readonly indexWad: bigint;
}

/** What one event says of it: what is owed from then on. */
export interface IndexedDebtChange {
  readonly form: 'indexed-debt';
  readonly principal: bigint;
}

/** The debt after a change, while its market's growth is `growth`; undefined when nothing is owed. */
export function foldIndexedDebt(
  { principal }: IndexedDebtChange,
  growth: MoneyMarketGrowth,
): IndexedDebt | undefined {
  return principal === 0n ? undefined : { form: 'indexed-debt', principal, indexWad: growth.borrowIndexWad };
}

/**
 * What is owed by an index: ⌊principal · index ÷ index at the last touch⌋. Source: `CToken.borrowBalanceStored`.
 */
export function indexedDebtDown({ principal, indexWad }: IndexedDebt, borrowIndexWad: bigint): bigint {
  return (principal * borrowIndexWad) / indexWad;
}
