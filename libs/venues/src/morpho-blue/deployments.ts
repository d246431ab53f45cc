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
  /**
   * Whether prices are read by calls: what every oracle is made of, at every poll; and now and then what Morpho holds of
   * each token. Leave out when the feeds are followed by their logs (`ChainlinkDeployment`).
   */
  readonly pollPrices?: boolean;
}
