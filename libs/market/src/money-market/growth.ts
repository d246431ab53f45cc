import { WAD } from '@undertow/units';

/** What one market stores for all of its suppliers and borrowers. Raw units of the asset, unless it says otherwise. */
export interface MoneyMarketGrowth {
  readonly form: 'money-market';
  /** What it holds. */
  readonly cash: bigint;
  /** What it has lent, interest up to `accruedBlock` included. */
  readonly borrows: bigint;
  /** The part of it all that is the protocol's. */
  readonly reserves: bigint;
  /** Units of the market's token. */
  readonly supply: bigint;
  /** What a debt of one has become since the market began, wad. */
  readonly borrowIndexWad: bigint;
  /** Share of interest that goes to the reserves, wad. */
  readonly reserveFactorWad: bigint;
  /** Block in which interest was last added; 0 = never. */
  readonly accruedBlock: number;
}

/** What one event says of it. */
export type MoneyMarketGrowthChange = { readonly form: 'money-market' } & (
  | {
      readonly said: 'accrued';
      /** Held before, which corrects whatever came in without a log. */
      readonly cash: bigint;
      readonly interest: bigint;
      readonly borrowIndexWad: bigint;
      readonly borrows: bigint;
      readonly block: number;
    }
  /** Fields that are absent keep their value. */
  | {
      readonly said: 'moved';
      readonly cashDelta?: bigint;
      readonly supplyDelta?: bigint;
      readonly borrows?: bigint;
      readonly reserves?: bigint;
      readonly reserveFactorWad?: bigint;
    }
  /** All of it, as calls read it. */
  | ({ readonly said: 'all' } & Omit<MoneyMarketGrowth, 'form'>)
);

/** A market before its first event. */
export const EMPTY_MONEY_MARKET: MoneyMarketGrowth = {
  form: 'money-market',
  cash: 0n,
  borrows: 0n,
  reserves: 0n,
  supply: 0n,
  borrowIndexWad: WAD,
  reserveFactorWad: 0n,
  accruedBlock: 0,
};

/**
 * The growth after an event. The log of interest does not say what of it goes to the reserves:
 * ⌊reserve factor · interest⌋. Source: `CToken.accrueInterest`.
 */
export function foldMoneyMarket(
  before: MoneyMarketGrowth = EMPTY_MONEY_MARKET,
  change: MoneyMarketGrowthChange,
): MoneyMarketGrowth {
  if (change.said === 'accrued') {
    const { cash, interest, borrowIndexWad, borrows, block } = change;
    const reserves = before.reserves + (before.reserveFactorWad * interest) / WAD;
    return { ...before, cash, reserves, borrowIndexWad, borrows, accruedBlock: block };
  }
  if (change.said === 'all') {
    const { said: _said, ...all } = change;
    return all;
  }
  return {
    ...before,
    cash: before.cash + (change.cashDelta ?? 0n),
    supply: before.supply + (change.supplyDelta ?? 0n),
    borrows: change.borrows ?? before.borrows,
    reserves: change.reserves ?? before.reserves,
    reserveFactorWad: change.reserveFactorWad ?? before.reserveFactorWad,
  };
}
