import { InvalidArgumentError, type Command } from 'commander';
import type { ImportOptions } from '../import/run-import.ts';
import { wholeNumber } from '../option-values.ts';

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .argument('<paths...>', 'files of tables, and folders that hold some')
    .description(
      'Make a book of tables: positions, terms, prices, ties, depth. No chain and no database is needed.',
    )
    .requiredOption('--out <file>', 'book file to write; it is written whole or not at all')
    .option('--time <when>', 'time of the book, such as 2025-11-15 or 2025-11-15T12:00:00Z', moment)
    .option('--chain <id>', 'id of the chain that the tables are of', wholeNumber(0))
    .option('--json', 'print JSON instead of text')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], options: ImportOptions) => {
      const { runImport } = await import('../import/run-import.ts');
      await runImport(paths, options);
    });
}

/** Unix seconds of a date, or a date and a time, in UTC where it does not say otherwise. */
function moment(text: string): number {
  const isDate = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[-+]\d\d:\d\d)?)?$/.test(text);
  const isLocal = /T\d\d:\d\d(:\d\d)?$/.test(text);
  const ms = isDate ? Date.parse(isLocal ? `${text}Z` : text) : NaN;
  if (Number.isFinite(ms) && ms >= 0) return ms / 1_000;
  throw new InvalidArgumentError('It must be a date such as 2025-11-15 or 2025-11-15T12:00:00Z.');
}

const HELP = `
A table is a file whose name begins with the name of the table and ends in .csv, .json (a list of
objects), .ndjson or .jsonl (one object a line), with or without .gz:
  positions  who holds and owes what; or, in short, one borrower a row (then called loans too)
  markets    terms: thresholds, bonuses, close factors, caps
  prices     what venues believe assets are worth, and what moves that
  ties       how assets hang on each other: wstETH on ETH, a stablecoin on the dollar
  quotes     what aggregators quote; orders what exchanges' order books hold
  funds      shared funds of venues
docs/import.md describes every column. What is wrong is listed by file, row and column, and nothing is
written then. What has no price or no terms is left out and counted, with its debt.

Examples:
  undertow import my-tables --out book.json
  undertow import positions.csv markets.csv prices.json --out book.json --time 2025-11-15
  undertow simulate --book book.json --shock ETH=-30%`;
