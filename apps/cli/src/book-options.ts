import type { Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from './data-option.ts';
import { wholeNumber } from './option-values.ts';

/** The options that say where a command's book comes from, the same in every command: see `BookSource`. */
export function addBookOptions(command: Command): Command {
  return command
    .option('--book <file>', 'book written by "undertow export" (default: the database)')
    .option('--block <number>', 'block to read from the database, the newest by default', wholeNumber(0))
    .option('--chain <id>', 'chain id, when the database holds several', wholeNumber(1))
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA);
}
