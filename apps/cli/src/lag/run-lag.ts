import { join } from 'node:path';
import { between, examine, priceSeries, type MarketBar, type PriceSeries } from '@undertow/lag';
import { UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { lagText } from './lag-text.ts';
import { readPrices, type FilePrices } from './read-prices.ts';
import { REPLAYS, type PriceFile } from './replays.ts';

export interface LagOptions {
  readonly answers?: string;
  readonly market?: string;
  readonly replay?: string;
  readonly files?: string;
  readonly from?: number;
  readonly to?: number;
  readonly longest: number;
  readonly json?: boolean;
}

/** Examines an oracle from files, and prints what was found. */
export async function runLag(options: LagOptions): Promise<void> {
  const { title, answers, market } = await pricesOf(options);
  const { from = -Infinity, to = Infinity } = options;
  const isWithin = ({ time }: MarketBar) => time >= from && time < to;
  const found = examine({
    answers,
    market: between(market.series, from, to),
    barSeconds: market.stepSeconds,
    longestDelaySeconds: options.longest * 60,
    ...(market.bars && { bars: market.bars.filter(isWithin) }),
  });
  if (!found)
    throw new UsageError(
      'Answers and market have no time in common. Look at the times of both files, and at --from and --to.',
    );
  if (options.json) return printPieces(jsonPieces({ title, faults: market.faults, ...found }));
  await printReadable(lagText(title, found));
}

interface Prices {
  readonly title: string;
  readonly answers: PriceSeries;
  readonly market: FilePrices;
}

async function pricesOf({ answers, market, replay, files }: LagOptions): Promise<Prices> {
  if (replay !== undefined) {
    if (answers !== undefined || market !== undefined)
      throw new UsageError('--replay brings its own files: leave out --answers and --market.');
    if (files === undefined)
      throw new UsageError(
        'Name the folder of the public files with --files. They are not part of Undertow.',
      );
    return replayed(replay, files);
  }
  if (answers === undefined || market === undefined)
    throw new UsageError('Name both files, --answers and --market, or an event with --replay.');
  const title = `${answers} against ${market}`;
  return { title, answers: (await readPrices(answers)).series, market: await readPrices(market) };
}

async function replayed(name: string, folder: string): Promise<Prices> {
  const { title, answers, market } = REPLAYS[name]!;
  const read = ({ file, ...columns }: PriceFile) => readPrices(join(folder, file), columns);
  const traded = await read(market);
  const said =
    'constant' in answers
      ? priceSeries([{ time: traded.series.times[0]!, price: answers.constant }])
      : await read(answers);
  return { title, answers: said.series, market: traded };
}
