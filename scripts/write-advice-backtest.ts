// Writes docs/advice-backtest.md and its picture from public prices: npx node scripts/write-advice-backtest.ts [folder], the files beside the
// project by default. It takes about two minutes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { adviceBacktestPage } from './advice-backtest-page.ts';
import { adviceInCrashes, adviceOfCoins } from './advice-backtest.ts';
import { thresholdPicture } from './threshold-picture.ts';

const docs = join(import.meta.dirname, '../docs');
const data = process.argv[2] ?? join(import.meta.dirname, '../../shared/data');
const coins = adviceOfCoins(data);
const path = join(docs, 'advice-backtest.md');
const text = adviceBacktestPage(coins, adviceInCrashes(data));
writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
writeFileSync(
  join(docs, 'advice-backtest-eth.svg'),
  thresholdPicture(coins.find(({ coin }) => coin === 'ETH')!),
);
