import { join } from 'node:path';
import { priceSeries } from '@undertow/lag';
import { examined, LONGEST_MINUTES } from '../examined.ts';
import { readPrices } from '../read-prices.ts';
import type { Replayed } from '../replayed.ts';

/** What the oracle of xUSD in USDC was written to say, in its contract (`block5_oracle_configs` of the public files). */
const HARD_CODED = 1.26672304;

/** Morpho's xUSD in November 2025: an oracle that no market moves. */
export async function playMorpho(folder: string): Promise<Replayed> {
  const market = await readPrices(join(folder, 'morpho-xusd-deusd-2025-11/block5_asset_prices.csv.gz'), {
    price: 'price_usd',
    only: { column: 'symbol', value: 'xUSD' },
  });
  return examined({
    title: 'Morpho, xUSD / USDC',
    answers: priceSeries([{ time: market.series.times[0]!, price: HARD_CODED }]).series,
    market,
    longest: LONGEST_MINUTES,
    names: { answers: 'oracle, a constant', market: 'market' },
  });
}
