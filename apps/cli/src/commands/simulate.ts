import type { Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import { assetShock, wholeNumber } from '../option-values.ts';

export interface SimulateOptions {
  readonly book?: string;
  readonly shock: Readonly<Record<string, number>>;
  readonly block?: number;
  readonly chain?: number;
  readonly data: string;
  readonly json?: boolean;
}

export function addSimulateCommand(program: Command): void {
  program
    .command('simulate')
    .description('Run one cascade round by round on a book file or on what is indexed.')
    .requiredOption(
      '--shock <asset=move>',
      'price move by symbol or address; -0.2 = 20 % down; may be given several times',
      assetShock,
    )
    .option('--book <file>', 'book written by "undertow export" (default: the database)')
    .option('--block <number>', 'block to read from the database, the newest by default', wholeNumber(0))
    .option('--chain <id>', 'chain id, when the database holds several', wholeNumber(1))
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .option('--json', 'print the whole result as JSON instead of tables')
    .addHelpText(
      'after',
      '\nExamples:\n  undertow simulate --shock WETH=-0.2\n  undertow simulate --book book.json --shock WETH=-0.2 --shock WBTC=-0.3 --json',
    )
    .action(async (options: SimulateOptions) => {
      const { runSimulate } = await import('../run-simulate.ts');
      await runSimulate(options);
    });
}
