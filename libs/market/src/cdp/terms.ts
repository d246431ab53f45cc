import type { Address, MarketId } from '../id.ts';
import type { OracleRef } from '../oracle-ref.ts';

/** Market id of the one market of a venue of collateralised debt positions. */
export const CDP_MARKET_ID: MarketId = 'positions';

/** Terms of a venue of collateralised debt positions: one collateral, one debt asset. */
export interface CdpTerms {
  readonly form: 'cdp';
  readonly collateralAsset: Address;
  /** The asset that the collateral stands for one to one: the wrapped form of a native coin. */
  readonly collateralFollows: Address;
  readonly debtAsset: Address;
  /** Price of the collateral. The venue takes its debt asset for exactly one US dollar. */
  readonly oracle: OracleRef;
  /** Collateral ÷ debt below which a position may be liquidated, wad. */
  readonly leastRatioWad: bigint;
  /** Collateral ÷ debt of the whole system below which owners may do less (recovery mode), wad. */
  readonly criticalRatioWad: bigint;
  /** Debt put aside for each position, paid to who liquidates it; raw units, part of the debt. */
  readonly liquidationReserve: bigint;
  /** The liquidator gets this part of the collateral: collateral ÷ divisor, floored. */
  readonly compensationDivisor: bigint;
  /** Interest of positions opened from now on, basis points per year. */
  readonly interestRateBps: bigint;
}
