import { join } from 'node:path';
import { examined, LONGEST_MINUTES } from '../examined.ts';
import { readPrices } from '../read-prices.ts';
import type { Replayed } from '../replayed.ts';

/** Chainlink's ETH / USD in July and August 2023 against a perpetual of Binance. */
export async function playChainlink(folder: string): Promise<Replayed> {
  const answers = await readPrices(join(folder, 'chainlink-rounds/eth_usd_2023-04_2024-01.csv.gz'));
  const market = await readPrices(join(folder, 'prices-1min-perp-2023-07_08/ETHUSDT_perp_1m.csv.gz'));
  return examined({
    title: 'Chainlink, ETH / USD',
    answers: answers.series,
    answerFaults: answers.faults,
    market,
    longest: LONGEST_MINUTES,
    names: { answers: 'Chainlink', market: 'Binance perpetual' },
  });
}
