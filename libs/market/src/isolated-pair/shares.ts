import { mulDivDown, mulDivUp } from '@undertow/units';

/** Shares and assets that every total has on top, so that an empty market has a price (SharesMathLib). */
const VIRTUAL_SHARES = 1_000_000n;
const VIRTUAL_ASSETS = 1n;

/** Assets and shares of one side of a pair. */
export interface PairSide {
  readonly assets: bigint;
  readonly shares: bigint;
}

/** Amount of some shares, `shares × (assets + 1) ÷ (shares in all + 10⁶)`, rounded down (SharesMathLib.toAssetsDown). */
export function pairAssetsDown(shares: bigint, total: PairSide): bigint {
  return mulDivDown(shares, total.assets + VIRTUAL_ASSETS, total.shares + VIRTUAL_SHARES);
}

/** Amount of some shares, rounded up: what a debt is worth (SharesMathLib.toAssetsUp). */
export function pairAssetsUp(shares: bigint, total: PairSide): bigint {
  return mulDivUp(shares, total.assets + VIRTUAL_ASSETS, total.shares + VIRTUAL_SHARES);
}

/** Shares of an amount, `amount × (shares in all + 10⁶) ÷ (assets + 1)`, rounded down (SharesMathLib.toSharesDown). */
export function pairSharesDown(assets: bigint, total: PairSide): bigint {
  return mulDivDown(assets, total.shares + VIRTUAL_SHARES, total.assets + VIRTUAL_ASSETS);
}

/** Shares of an amount, rounded up: what a borrower owes for it (SharesMathLib.toSharesUp). */
export function pairSharesUp(assets: bigint, total: PairSide): bigint {
  return mulDivUp(assets, total.shares + VIRTUAL_SHARES, total.assets + VIRTUAL_ASSETS);
}
