/** What a source quotes for one amount: the whole of it, not what is added to a smaller one. */
export interface QuotedAmount {
  /** Asset units that are sold, or bought. */
  readonly units: number;
  /** Quote units that come of the sale, or that the purchase costs; fees included. */
  readonly quoteUnits: number;
}

/** What is wrong with one quote, for a person. */
export interface QuoteFlaw {
  readonly side: 'sell' | 'buy';
  /** Its place among those given for the side. */
  readonly index: number;
  readonly problem: string;
}
