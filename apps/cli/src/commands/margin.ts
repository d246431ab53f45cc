import type { TailMethod } from '@undertow/margin';
import type { Address } from '@undertow/market';
import { Option, type Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import type { MarginOptions } from '../margin/run-margin.ts';
import { duration, eachText, level, ownerAddress, wholeNumber } from '../option-values.ts';

/** Written out, so that help needs no library. */
const METHODS: readonly TailMethod[] = ['historical', 'ewma', 'garch', 'student-t', 'normal'];

export function addMarginCommand(program: Command): void {
  const command = program
    .command('margin')
    .description('Show what an address has and must have over all venues, and how far it is from its lines.')
    .argument('<address>', 'address of the owner: 0x and 40 hexadecimal digits, in any case', ownerAddress)
    .option(
      '--prices <file>',
      'prices of the past: CSV with columns time, symbol and price, ETH=file.csv, or "stored"; may be given several times (default: stored, if there are any)',
      eachText,
    )
    .option(
      '--horizon <time>',
      'how far value at risk and deviations look, such as 12h or 7d (default: 1d)',
      duration,
    )
    .option('--step <time>', 'between two prices (default: 1h)', duration)
    .option('--confidence <share>', 'level of value at risk and expected shortfall (default: 99%)', level)
    .addOption(
      new Option(
        '--method <method>',
        'what is made of the prices: their windows once more, their moments at the volatility of now (ewma, garch), or draws (default: ewma)',
      ).choices(METHODS),
    )
    .option('--count <number>', 'scenarios, where some are drawn (default: 5000)', wholeNumber(1, 1_000_000))
    .option('--seed <number>', 'seed of the draws (default: 1)', wholeNumber(0));
  addBookOptions(command)
    .option('--json', 'print JSON instead of text')
    .addHelpText('after', HELP)
    .action(async (address: Address, options: MarginOptions) => {
      const { runMargin } = await import('../margin/run-margin.ts');
      await runMargin(address, options);
    });
}

const HELP = `
An account may be liquidated when its equity is below its maintenance margin. Isolated: every account for itself, as its
venue has it. Cross: what one lacks another pays. Portfolio: what all could lose together, by joint scenarios and by the
expected shortfall of the prices. Intervals are of 95 %, and say nothing of whether the past is like the future.

Examples:
  undertow margin 0xfe3b557e8fb62b89f4916b721be55ceb828dbd73
  undertow margin 0xfe3b557e8fb62b89f4916b721be55ceb828dbd73 --book book.json --prices ETH=eth.csv --method garch --json`;
