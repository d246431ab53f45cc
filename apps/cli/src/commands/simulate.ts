import type { Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import { UsageError } from '../explain-error.ts';
import { assetShock, priceMove } from '../option-values.ts';
import type { SimulateOptions } from '../run-simulate.ts';

export function addSimulateCommand(program: Command): void {
  const command = program
    .command('simulate')
    .description('Run one cascade round by round on a book file or on what is indexed.')
    .option(
      '--shock <asset=move>',
      'move of a price, by symbol or address, or of the ratio of an asset that hangs on another, on top of the move of what it hangs on; -0.2 = 20 % down; may be given several times',
      assetShock,
    )
    .option('--volatility <move>', 'move of all implied volatilities; 0.5 = half as much again', priceMove);
  addBookOptions(command)
    .option('--json', 'print the whole result as JSON instead of tables')
    .addHelpText(
      'after',
      `
Prints rounds, assets and venues, then who hurts whom, who bears the losses and what the shared funds paid.
An asset is named as the tables show it (WETH), by its address, or where several have the symbol as
"WETH (0x1234…abcd)=-0.2". --json also states the engine and its version, the units, and every shock with its symbol.

Examples:
  undertow simulate --shock WETH=-0.2
  undertow simulate --shock WETH=-0.2 --volatility 0.5
  undertow simulate --shock stWETH=-0.1            # depeg: its ratio to WETH falls, WETH does not
  undertow simulate --book book.json --shock WETH=-0.2 --shock WBTC=-0.3 --json`,
    )
    .action(
      async ({
        shock = {},
        ...others
      }: Omit<SimulateOptions, 'shock'> & Partial<Pick<SimulateOptions, 'shock'>>) => {
        if (Object.keys(shock).length === 0 && others.volatility === undefined)
          throw new UsageError('Nothing moves: give --shock <asset=move>, --volatility <move>, or both.');
        const { runSimulate } = await import('../run-simulate.ts');
        await runSimulate({ ...others, shock });
      },
    );
}
