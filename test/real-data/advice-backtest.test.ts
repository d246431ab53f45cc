import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageCells } from '../../scripts/advice-backtest-page.ts';
import { TWELVE } from '../../scripts/advice-backtest-summary.ts';
import { adviceOfCoins } from '../../scripts/advice-backtest.ts';
import { HOURLY_PRICES } from '../../scripts/hourly-prices.ts';
import { describeWithData } from './real-file.ts';

const ROOT = join(import.meta.dirname, '../..');

describeWithData(HOURLY_PRICES, () => {
  it('a threshold advised for each day at 99 % is not rejected by Kupiec, for BTC, ETH and ten more', () => {
    const found = adviceOfCoins(join(ROOT, '../shared/data'), { coins: TWELVE, isDaysOnly: true });
    expect(found.map(({ coin }) => coin)).toEqual(TWELVE);
    const rows = readFileSync(join(ROOT, 'docs/advice-backtest.md'), 'utf8')
      .split('\n')
      .map((line) => line.replaceAll(/\s+/g, ' '));
    for (const { coin, day } of found) {
      const [advised, ...others] = day.held;
      expect(advised!.dates).toBeGreaterThan(1_250);
      expect(advised!.kupiec.pValue).toBeGreaterThan(0.05);
      expect(advised!.coverage).toBeGreaterThan(0.99);
      // What the page says is what comes of it, but for what takes prices within the day.
      const cells = coverageCells(coin, day).map((cell, at) =>
        at === 7 ? '\\d+' : cell.replaceAll(/[*.]/g, '\\$&'),
      );
      expect(rows).toContainEqual(expect.stringMatching(new RegExp(`^\\| ${cells.join(' \\| ')} \\|$`)));
      for (const { name, largestCut, meanThreshold } of others.slice(0, 3)) {
        expect([name, meanThreshold < advised!.meanThreshold]).toEqual([name, true]);
        expect([name, largestCut < advised!.largestCut]).toEqual([name, true]);
      }
    }
    const ofEth = found.find(({ coin }) => coin === 'ETH')!.day;
    expect(ofEth.held.find(({ name }) => name === 'set, Aave v3')).toMatchObject({
      least: 0.83,
      exceptions: 2,
    });
  });
});
