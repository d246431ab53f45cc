import type { LegTerms } from './leg-terms.ts';

/** Oracle prices of one moment of a run by row of terms, so that a leg is priced by what it is looked up by in any case. */
export class TermPrices {
  readonly usd: Float64Array;
  readonly #oracle: Int32Array;

  constructor({ oracle }: LegTerms) {
    this.#oracle = oracle;
    this.usd = new Float64Array(oracle.length);
  }

  look(oraclePriceUsd: Float64Array): void {
    for (let row = 0; row < this.usd.length; row++) this.usd[row] = oraclePriceUsd[this.#oracle[row]!]!;
  }
}
