import { assetMarkets, HEARD_WITHIN_SECONDS, type AssetMarket } from '@undertow/lag';
import { BoundedCache } from './bounded-cache.ts';
import type { FactSource } from './fact-source.ts';
import type { BookAtHead } from './shown.ts';

/** References kept: of the newest block, and of a few that somebody looks back at. */
const KEPT = 8;

/** What the assets of a block trade at, by row, and what tells it from another answer for that block. */
export interface MarketsAt {
  readonly markets: readonly (AssetMarket | undefined)[];
  /** When the newest price of an exchange was seen, unix seconds: what was said before a block may be stored after it. 0 without any. */
  readonly quotedAt: number;
}

/** What assets trade at by pools and exchanges, at the time of a block: once for each block, whoever asks. */
export class MarketReferences {
  readonly #source: Pick<FactSource, 'series'>;
  readonly #known = new BoundedCache<readonly (AssetMarket | undefined)[]>(KEPT);

  constructor(source: Pick<FactSource, 'series'>) {
    this.#source = source;
  }

  async at({ book, head }: BookAtHead): Promise<MarketsAt> {
    const { time, hash } = head;
    const quotes = await this.#source.series.exchangePrices({ time, withinSeconds: HEARD_WITHIN_SECONDS });
    const quotedAt = Math.max(0, ...quotes.map((quote) => quote.time));
    return { markets: this.#known.get(`${hash} ${quotedAt}`, () => assetMarkets(book, quotes)), quotedAt };
  }
}
