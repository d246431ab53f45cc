import type { Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import type { ToTimescaleOptions } from '../run-to-timescale.ts';

export function addToTimescaleCommand(program: Command): void {
  program
    .command('to-timescale')
    .description("Turn the database's plain tables into TimescaleDB's, with all that they hold.")
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .addHelpText(
      'after',
      `
For a database that was made before its server had TimescaleDB 2.18 or newer (community edition), or before its user could
create the extension: "undertow doctor" says whether it can be done. Everything is written anew in one transaction: whoever
uses the database waits, and the disk must have room for it twice.

Example:
  undertow to-timescale`,
    )
    .action(async (options: ToTimescaleOptions) => {
      const { runToTimescale } = await import('../run-to-timescale.ts');
      await runToTimescale(options);
    });
}
