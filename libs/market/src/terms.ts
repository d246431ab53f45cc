import type { Address } from './id.ts';
import type { OracleRef } from './oracle-ref.ts';
import type { MarginCollateralTerms, PerpetualTerms, SettlementTerms } from './perpetual/terms.ts';
import type { CdpTerms } from './cdp/terms.ts';
import type { MoneyMarketTerms, MoneyMarketVenueTerms } from './money-market/terms.ts';
import type { OptionBoardTerms, OptionMarketTerms, OptionSeriesTerms } from './option/terms.ts';

/** Terms of one reserve of a pooled lending venue. Raw integers, as the protocol stores them. */
export interface ReserveTerms {
  readonly form: 'reserve';
  readonly asset: Address;
  readonly decimals: number;
  /** Position of the reserve in the venue's bitmaps. */
  readonly reserveId: number;
  /** Token whose balance is the supplied amount (an aToken), and token whose balance is the debt. */
  readonly collateralToken: Address;
  readonly debtToken: Address;
  /** Token of stable-rate debt, watched only to report that such debt is not modelled (releases before 3.2). */
  readonly stableDebtToken?: Address;
  readonly loanToValueBps: bigint;
  readonly liquidationThresholdBps: bigint;
  /** 500 = the liquidator gets 5 % on top (the protocol stores 10500). 0 when not usable as collateral. */
  readonly liquidationBonusBps: bigint;
  /** Share of the bonus that goes to the protocol. */
  readonly liquidationProtocolFeeBps: bigint;
  readonly reserveFactorBps: bigint;
  readonly isActive: boolean;
  readonly isFrozen: boolean;
  readonly isPaused: boolean;
  readonly isBorrowable: boolean;
  /** E-mode category of the reserve (releases before 3.2); 0 = none. */
  readonly category: number;
  /** Debt ceiling in isolation mode, 2 decimals of USD; 0 = not an isolated collateral. */
  readonly debtCeiling: bigint;
  readonly oracle: OracleRef;
}

/** Terms of an e-mode category of a pooled lending venue. */
export interface CategoryTerms {
  readonly form: 'category';
  readonly label: string;
  readonly loanToValueBps: bigint;
  readonly liquidationThresholdBps: bigint;
  readonly liquidationBonusBps: bigint;
  /** Price source that replaces the reserves' own within the category (releases before 3.2). */
  readonly oracle?: OracleRef;
  /** The address whose price in the venue's oracle `oracle` is: what the protocol stores. */
  readonly priceSource?: Address;
}

/**
 * What a reserve may do in an e-mode category (from release 3.2, where one reserve can be in several). A field
 * that no event named is false. Market id `category:1:<asset>`.
 */
export interface MemberTerms {
  readonly form: 'member';
  readonly category: number;
  readonly asset: Address;
  /** The category's threshold, bonus and loan-to-value replace the reserve's own. */
  readonly isCollateral: boolean;
  readonly isBorrowable: boolean;
  /** The loan-to-value is 0 instead of the category's (from release 3.6). */
  readonly isLtvZero: boolean;
}

/** Terms of one isolated pair. */
export interface PairTerms {
  readonly form: 'pair';
  readonly collateralAsset: Address;
  readonly debtAsset: Address;
  /** Liquidation loan-to-value, wad. */
  readonly liquidationThresholdWad: bigint;
  readonly oracle: OracleRef;
  /** The interest-rate model's contract and which formula it follows. */
  readonly rateModel: { readonly address: Address; readonly form: RateModelForm };
}

/** `none`: no interest; `utilization-over-year`: utilisation ÷ 365 days; `adaptive-curve`: Morpho's AdaptiveCurveIrm. */
export type RateModelForm = 'none' | 'utilization-over-year' | 'adaptive-curve' | 'unknown';

export type Terms =
  | ReserveTerms
  | CategoryTerms
  | MemberTerms
  | PairTerms
  | CdpTerms
  | OptionMarketTerms
  | OptionBoardTerms
  | OptionSeriesTerms
  | SettlementTerms
  | MarginCollateralTerms
  | PerpetualTerms
  | MoneyMarketTerms
  | MoneyMarketVenueTerms;

/** What one event says of a market's terms: the fields it names, and nothing of the others. */
export type TermsPatch =
  | ({ readonly form: 'reserve' } & Partial<Omit<ReserveTerms, 'form'>>)
  | ({ readonly form: 'category' } & Partial<Omit<CategoryTerms, 'form'>>)
  | ({ readonly form: 'member' } & Partial<Omit<MemberTerms, 'form'>>)
  | ({ readonly form: 'pair' } & Partial<Omit<PairTerms, 'form'>>)
  | ({ readonly form: 'cdp' } & Partial<Omit<CdpTerms, 'form'>>)
  | ({ readonly form: 'option-market' } & Partial<Omit<OptionMarketTerms, 'form'>>)
  | ({ readonly form: 'option-board' } & Partial<Omit<OptionBoardTerms, 'form'>>)
  | ({ readonly form: 'option-series' } & Partial<Omit<OptionSeriesTerms, 'form'>>)
  | ({ readonly form: 'settlement' } & Partial<Omit<SettlementTerms, 'form'>>)
  | ({ readonly form: 'margin-collateral' } & Partial<Omit<MarginCollateralTerms, 'form'>>)
  | ({ readonly form: 'perpetual' } & Partial<Omit<PerpetualTerms, 'form'>>)
  | ({ readonly form: 'money-market' } & Partial<Omit<MoneyMarketTerms, 'form'>>)
  | ({ readonly form: 'money-market-venue' } & Partial<Omit<MoneyMarketVenueTerms, 'form'>>);
