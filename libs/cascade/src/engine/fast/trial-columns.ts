/** What the last trial of a trade did, by asset row. */
export interface TrialColumns {
  /** What is left to be traded, asset units: above 0 to be sold. */
  readonly net: Float64Array;
  readonly direction: Int8Array;
  /** See `Places.capacity`. */
  readonly capacityAfter: Float64Array;
  /** Root of the price on its curve; 0 = not traded on. */
  readonly sqrtAfter: Float64Array;
  /** Price in its quote after ÷ before its own trade. */
  readonly ownMove: Float64Array;
  /** See `LiveMarket.toMarket`. */
  readonly toMarket: Float64Array;
}

export const trialColumns = (assets: number): TrialColumns => ({
  net: new Float64Array(assets),
  direction: new Int8Array(assets),
  capacityAfter: new Float64Array(assets),
  sqrtAfter: new Float64Array(assets),
  ownMove: new Float64Array(assets),
  toMarket: new Float64Array(assets),
});
