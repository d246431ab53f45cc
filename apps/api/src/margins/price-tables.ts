import { sharedPrices, type SharedPrices } from '@undertow/engine-pool';
import { priceTable, type PriceSource } from '@undertow/sweep';
import { BoundedCache } from '../bounded-cache.ts';
import type { FactSource } from '../fact-source.ts';
import { asInputLater } from '../scenario-input.ts';
import type { Head } from '../shown.ts';
import { pricesThatAreStored } from '../sweeps/stored-prices.ts';

/** Tables kept: of the accounts that somebody looks at now. One of three years by hours has 26,000 floats a symbol. */
const KEPT = 8;

/** Prices of some symbols up to a block. */
export interface PricesAt {
  /** Undefined where none is stored. */
  readonly prices: SharedPrices | undefined;
  /** Whose they are. */
  readonly sources: readonly PriceSource[];
  /** Symbols of which none is stored. */
  readonly lacking: readonly string[];
}

/** Stored prices up to a block: read once for each block, whoever asks. */
export class PriceTables {
  readonly #source: Pick<FactSource, 'series' | 'reference'>;
  readonly #known = new BoundedCache<Promise<PricesAt>>(KEPT);

  constructor(source: Pick<FactSource, 'series' | 'reference'>) {
    this.#source = source;
  }

  /** @throws GraphQLError for a step that is no number of minutes. */
  at(
    head: Head,
    { symbols, stepSeconds }: { readonly symbols: readonly string[]; readonly stepSeconds: number },
  ) {
    const key = JSON.stringify([head.hash, stepSeconds, symbols]);
    return this.#known.get(key, () => asInputLater(this.#read(head, { symbols, stepSeconds })));
  }

  async #read(
    { time }: Head,
    { symbols, stepSeconds }: { readonly symbols: readonly string[]; readonly stepSeconds: number },
  ): Promise<PricesAt> {
    const store = { series: this.#source.series, reference: await this.#source.reference() };
    // The block's own second counts.
    const wanted = { factors: symbols, stepSeconds, to: time + 1 };
    const { rows, sources, lacking } = await pricesThatAreStored(store, wanted);
    return {
      prices: rows.length === 0 ? undefined : sharedPrices(priceTable(rows, stepSeconds)),
      sources,
      lacking,
    };
  }
}
