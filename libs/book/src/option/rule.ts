/** A written option that is backed by too little is bought back whole, at the price of its series' table. */
export interface OptionRule {
  readonly kernel: 'buy-back';
}
