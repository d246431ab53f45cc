import type { Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import { wholeNumber } from '../option-values.ts';
import type { ExportOptions } from '../run-export.ts';

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .description('Write the book at a block as canonical JSON: equal books give equal bytes.')
    .option(
      '--block <number>',
      'block to read, the newest by default; the newest stored block at or below it is taken',
      wholeNumber(0),
    )
    .option('--out <file>', 'file to write (default: standard output)')
    .option('--chain <id>', 'chain id, when the database holds several', wholeNumber(1))
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .addHelpText(
      'after',
      '\nReads DATABASE_URL when set, else the database in the data folder, running or not.\n\nExample:\n  undertow export --out book.json',
    )
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('../run-export.ts');
      await runExport(options);
    });
}
