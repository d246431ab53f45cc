import type { Command } from 'commander';
import { wholeNumber } from '../option-values.ts';
import type { DevnetCommandOptions } from '../run-devnet.ts';

export function addDevnetCommand(program: Command): void {
  program
    .command('devnet')
    .description(
      'Run the local chain alone: seven venues, Uniswap v3 pools and Chainlink feeds from their real bytecode.',
    )
    .option('--seed <number>', 'chooses the accounts', wholeNumber(0, 4_294_967_295), 1)
    .option('--accounts <number>', 'owners of positions', wholeNumber(1, 100_000), 2_000)
    .option('--port <number>', 'port on 127.0.0.1; 0 = any free one', wholeNumber(0, 65_535), 0)
    .option('--agent', 'let a seeded market agent trade, borrow and liquidate: about one block per 2 s')
    .addHelpText(
      'after',
      '\nPrints the address of the chain and the path of a JSON file with its contracts, and runs until Ctrl-C.\n\nExample:\n  undertow devnet --seed 7 --accounts 200 --agent',
    )
    .action(async (options: DevnetCommandOptions) => {
      const { runDevnet } = await import('../run-devnet.ts');
      await runDevnet(options);
    });
}
