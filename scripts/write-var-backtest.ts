// Writes docs/var-backtest.md from public prices: npx node scripts/write-var-backtest.ts [folder], the files beside the project by default.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { backtestPage } from './var-backtest-page.ts';
import { backtestCoins } from './var-backtest.ts';

const path = join(import.meta.dirname, '../docs/var-backtest.md');
const data = process.argv[2] ?? join(import.meta.dirname, '../../shared/data');
const text = backtestPage(backtestCoins(data));
writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
