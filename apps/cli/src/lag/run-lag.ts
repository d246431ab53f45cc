import { between } from '@undertow/lag';
import { UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { terminalWidth } from '../terminal-width.ts';
import { chartText } from './chart-text.ts';
import { examined } from './examined.ts';
import { readPrices } from './read-prices.ts';
import type { Replayed } from './replayed.ts';
import { REPLAYS } from './replays.ts';
import { writePictures } from './write-pictures.ts';

export interface LagOptions {
  readonly answers?: string;
  readonly market?: string;
  readonly replay?: string;
  readonly files?: string;
  readonly from?: number;
  readonly to?: number;
  readonly longest: number;
  readonly json?: boolean;
  readonly svg?: string;
  readonly html?: string;
}

/** Plays an event again, or examines an oracle from files, and prints what was found with pictures. */
export async function runLag(options: LagOptions): Promise<void> {
  const played = await playedBy(options);
  const { title, text, pictures, found } = played;
  writePictures(played, options);
  if (options.json) return printPieces(jsonPieces({ title, ...found }));
  await printReadable(`${title}\n`);
  const width = Math.min(terminalWidth(), WIDEST);
  for (const picture of pictures) await printReadable(`\n${chartText(picture, width)}`);
  await printReadable(`\n${text}`);
}

/** Columns of the widest chart: more would only make its steps flatter. */
const WIDEST = 120;

async function playedBy({
  answers,
  market,
  replay,
  files,
  from,
  to,
  longest,
}: LagOptions): Promise<Replayed> {
  if (replay !== undefined) {
    if (answers !== undefined || market !== undefined)
      throw new UsageError('--replay brings its own files: leave out --answers and --market.');
    if (from !== undefined || to !== undefined)
      throw new UsageError('--replay plays the whole event: leave out --from and --to.');
    const { needsFiles, play } = REPLAYS[replay]!;
    if (needsFiles && files === undefined)
      throw new UsageError(
        'Name the folder of the public files with --files. They are not part of Undertow.',
      );
    return play(files ?? '');
  }
  if (answers === undefined || market === undefined)
    throw new UsageError('Name both files, --answers and --market, or an event with --replay.');
  const said = await readPrices(answers);
  const traded = await readPrices(market);
  return examined({
    title: `${answers} against ${market}`,
    answers: said.series,
    answerFaults: said.faults,
    market: { ...traded, series: between(traded.series, from ?? -Infinity, to ?? Infinity) },
    longest,
  });
}
