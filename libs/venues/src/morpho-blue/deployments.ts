import type { Address } from '@undertow/market';

/** Morpho Blue on one chain. */
export interface MorphoBlueDeployment {
  readonly adapter: 'morpho-blue';
  /** Venue id, such as `morpho-blue@devnet`. */
  readonly id: string;
  readonly version: '1.0';
  readonly morpho: Address;
  /** The AdaptiveCurveIrm, when there is one. */
  readonly adaptiveCurveIrm?: Address;
  /** Interest-rate models that charge utilisation ÷ 365 days (Morpho's mock, on the devnet). */
  readonly utilizationIrm?: Address;
  /** Block in which Morpho was deployed: nothing to read before it. */
  readonly startBlock?: number;
  /** True: what Morpho holds of each token is read now and then. */
  readonly readsHoldings?: boolean;
}
