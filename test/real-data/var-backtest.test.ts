import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageCells } from '../../scripts/var-backtest-page.ts';
import { HOURLY_PRICES } from '../../scripts/hourly-prices.ts';
import { backtestCoins } from '../../scripts/var-backtest.ts';
import { describeWithData } from './real-file.ts';

const ROOT = join(import.meta.dirname, '../..');
const COINS = ['BTC', 'ETH', 'AAVE', 'AVAX', 'BNB', 'COMP', 'CRV', 'LINK', 'MKR', 'SNX', 'SOL', 'UNI'];

describeWithData(HOURLY_PRICES, () => {
  it('a value at risk of a day and of an hour at 99 % is not rejected by Kupiec, for BTC, ETH and ten more', () => {
    const found = backtestCoins(join(ROOT, '../shared/data'), { coins: COINS, methods: ['day', 'hour'] });
    expect(found.map(({ coin }) => coin).sort()).toEqual([...COINS].sort());
    const page = readFileSync(join(ROOT, 'docs/var-backtest.md'), 'utf8')
      .split('\n')
      .map((line) => line.replaceAll(/\s+/g, ' '));
    for (const coin of found) {
      for (const name of ['day', 'hour'] as const) {
        for (const test of [coin.fall[name]!, coin.rise[name]!])
          expect(test.proportionOfFailures.pValue).toBeGreaterThan(0.05);
        expect(coin.fall[name]!.count).toBeGreaterThan(name === 'day' ? 1_250 : 37_000);
      }
      // What the page says is what comes of it.
      expect(page).toContain(`| ${coverageCells(coin).join(' | ')} |`);
      // A crash is where losses go beyond what was said before them: by days never to two and a half times as much.
      expect(coin.crashes['FTX, November 2022'].day!.worst).toBeLessThan(2.5);
      expect(coin.crashes['May 2021'].day).toBeUndefined();
      expect(coin.crashes['May 2021'].hour!.exceptions).toBeGreaterThan(0);
    }
  });
});
