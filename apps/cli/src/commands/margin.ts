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
    .argument('[address]', 'address of the owner: 0x and 40 hexadecimal digits, in any case', ownerAddress)
    .option(
      '--clearing',
      'all venues as one clearing house instead: cover-2 of one fund beside one for each venue',
    )
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
    .option('--seed <number>', 'seed of the draws (default: 1)', wholeNumber(0))
    .option('--brackets <file>', 'margins of perpetuals by size, as JSON, instead of those of their venues');
  addBookOptions(command)
    .option('--json', 'print JSON instead of text')
    .addHelpText('after', HELP)
    .action(
      async (address: Address | undefined, options: MarginOptions & { readonly clearing?: boolean }) => {
        checkChoice(command, { address, ...options });
        const { runClearing, runMargin } = await import('../margin/run-margin.ts');
        await (address === undefined ? runClearing(options) : runMargin(address, options));
      },
    );
}

/** What the view of a clearing house does not hang on. */
const OF_AN_ADDRESS = ['confidence', 'method', 'count', 'seed', 'brackets'] as const;

function checkChoice(
  command: Command,
  {
    address,
    clearing,
    ...options
  }: MarginOptions & { readonly address?: Address | undefined; readonly clearing?: boolean },
): void {
  if ((address === undefined) !== (clearing === true))
    command.error(
      'error: name an address, or give --clearing for all venues as one clearing house; not both.',
    );
  const unused = clearing ? OF_AN_ADDRESS.find((name) => options[name] !== undefined) : undefined;
  if (unused !== undefined)
    command.error(`error: --${unused} changes nothing of a clearing house's view: leave it out.`);
}

const HELP = `
An account may be liquidated when its equity is below its maintenance margin. Isolated: every account for itself, as its
venue has it. Cross: what one lacks another pays. Portfolio: what all could lose together, by joint scenarios and by the
expected shortfall of the prices. Intervals are of 95 %, and say nothing of whether the past is like the future.

Brackets are a list of tables: [{"venue": "perp-v2@devnet", "market": "ETH/USD", "tiers": [{"fromUsd": 0, "initialMargin": 0.1,
"maintenanceMargin": 0.0625}, {"fromUsd": 1e6, "initialMargin": 0.2, "maintenanceMargin": 0.1}]}]. What of a position's value lies in a
tier counts with its shares; without a market a table is for all markets of the venue. Who is due is the venue's own decision all the same.

Examples:
  undertow margin 0xfe3b557e8fb62b89f4916b721be55ceb828dbd73
  undertow margin 0xfe3b557e8fb62b89f4916b721be55ceb828dbd73 --book book.json --prices ETH=eth.csv --method garch --json
  undertow margin --clearing`;
