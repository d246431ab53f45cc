import type { Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import type { VenuesOptions } from '../run-venues.ts';

export function addVenuesCommand(program: Command): void {
  const command = program
    .command('venues')
    .description(
      'List the watched venues: how each liquidates, what its accounts have, its funds, what is left out.',
    );
  addBookOptions(command)
    .option('--json', 'print JSON instead of a table')
    .addHelpText(
      'after',
      '\nMoney is in USD at the oracle prices of each venue.\n\nExamples:\n  undertow venues\n  undertow venues --book book.json --json',
    )
    .action(async (options: VenuesOptions) => {
      const { runVenues } = await import('../run-venues.ts');
      await runVenues(options);
    });
}
