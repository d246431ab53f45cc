import { Option, type Command } from 'commander';
import type { AdviseOptions } from '../advise/run-advise.ts';
import { tolerance } from '../advise/tolerance-option.ts';
import { addBookOptions } from '../book-options.ts';
import { eachText, level, moment, wholeNumber } from '../option-values.ts';
import { addPlanOptions } from '../plan-options.ts';
import { addPolicyOptions } from '../policy-options.ts';
import { addThreadsOption } from '../threads-option.ts';

export function addAdviseCommand(program: Command): void {
  const command = program
    .command('advise')
    .argument(
      '[tables...]',
      'files or folders of tables, as "undertow import" reads them: then no book is needed',
    )
    .description(
      'Advise parameters: the most borrowing power whose losses, through cascades over all venues, stay tolerable.',
    )
    .option('--venue <id>', 'one venue (default: all)')
    .option('--asset <name>', 'one market by its label or id, or the markets of an asset by its symbol')
    .option('--market <name>', 'the same as --asset')
    .option(
      '--parameter <kind>',
      'which parameter, see below; may be given several times (default: all)',
      eachText,
    )
    .option(
      '--tolerance <usd or share>',
      'expected shortfall that is tolerated: 500000 of losses of all venues, or 0.1% of what is borrowed on the market, of losses that it adds (default: 0.1%)',
      tolerance,
    )
    .addOption(
      new Option('--losses <of>', 'which losses count, whatever the tolerance').choices([
        'all-venues',
        'venue',
        'added',
      ]),
    )
    .option('--confidence <level>', 'level of the expected shortfall (default: 99%)', level)
    .addOption(
      new Option(
        '--behaviour <what>',
        'what owners do when terms change: keep their distance to the line (the default), or their debts, so that whom a line makes liquidatable is liquidated at once',
      ).choices(['keep-health', 'keep-debt']),
    )
    .option('--step-bps <number>', 'steps of ratios, in basis points (default: 50)', wholeNumber(1, 1_000))
    .addOption(
      new Option(
        '--confirm <scenarios>',
        'where a value is confirmed that passed the worst ones: in all scenarios (the default where a market or parameter is named), or in the worst tenth',
      ).choices(['all', 'wide']),
    )
    .option(
      '--given <name of=value>',
      'what is known beside the book, such as "oracle-lag ETH=3600"; may be given several times',
      eachText,
    )
    .option('--limits <file or preset>', 'limits of a steward: the advice is then a path of allowed steps')
    .option('--start <time>', 'the earliest moment of the first step (default: the time of the book)', moment)
    .option(
      '--set <override>',
      'judge a change that you type instead, as of "undertow simulate"; may be given several times',
      eachText,
    );
  addPlanOptions(command);
  addThreadsOption(command);
  addPolicyOptions(command);
  addBookOptions(command)
    .option('--json', 'print all of it as JSON')
    .option('--markdown', 'print a post for a forum')
    .option(
      '--backtest',
      'hold advised thresholds against the prices of --prices, window by window: would they have held?',
    )
    .option(
      '--backtest-cascade <dates>',
      'make the advice itself again at so many dates of --prices, and run what came through whole cascades; takes as long as an advice each',
      wholeNumber(1, 1_000),
    )
    .option(
      '--since <book>',
      'an earlier book, of "undertow export --out": what moved the value since then, input by input',
    )
    .option('--calldata', 'print the calls of Aave’s risk stewards as JSON; nothing is sent')
    .option(
      '--call <signature>',
      'with --calldata, another target: "setThreshold(address asset, uint256 bps)"; arguments named asset, market, bps, wad, units',
    )
    .addHelpText('after', HELP)
    .action(async (tables: readonly string[], options: Omit<AdviseOptions, 'tables'>) => {
      const { runAdvise } = await import('../advise/run-advise.ts');
      await runAdvise({ ...options, tables });
    });
}

const HELP = `
Text begins with whom a change would hit at once, and with what to change. ES is the mean loss in the
worst scenarios beyond the confidence; ≥ marks one that was not run in all scenarios. Without --prices
or --plan there are no scenarios, and every advice says so. Prices also give volatilities and one-hour
falls, beside which published formulas are computed; what else is known comes with --given.

Parameters: liquidationThreshold, loanToValue, liquidationBonus, supplyCap, borrowCap of a market;
closeFactor, maintenanceMargin, fundSize of a venue. --given knows realised-volatility and
implied-volatility of a factor (a day, 0.03 = 3 %), oracle-lag of an asset (seconds), supplied, borrowed
and optimal-use of a venue and market id, auction-share of a venue.

An advice holds with all else as it is; all changes together are run too. --backtest goes over the prices
again: at each date of the past the threshold that prices alone allowed then, and whether the fall that
came stayed within it, with the tests, beside what else could have been set. --backtest-cascade makes the
advice itself at dates of the past, on this book, from the windows before each: half of all windows, at most
250, and at least what the confidence needs. --since asks the same of an earlier book, with the prices up
to its time, and where a value moved runs each changed input by itself: accounts and prices, terms, depth,
scenarios, volatilities, liquidators.

Presets of --limits are aave-v3-agrs and aave-v4-agrs. Where a change cannot be expressed by a call,
--calldata says why.

Examples:
  undertow advise --prices stored
  undertow advise --asset WETH --parameter liquidationThreshold --prices prices.csv --tolerance 500000
  undertow advise --venue aave-v3@devnet --prices prices.csv --model student-t --count 2000 --confidence 99%
  undertow advise --prices prices.csv --limits aave-v3-agrs --start 2026-12-01 --markdown
  undertow advise --prices prices.csv --limits aave-v3-agrs --calldata
  undertow advise --asset WETH --parameter liquidationThreshold --prices prices.csv --backtest
  undertow advise --asset WETH --parameter liquidationThreshold --prices prices.csv --backtest-cascade 20
  undertow advise --prices prices.csv --set "aave-v3@devnet WETH liquidationThreshold=0.80"
  undertow advise docs/examples/positions.csv --prices ETH=eth.csv --json`;
