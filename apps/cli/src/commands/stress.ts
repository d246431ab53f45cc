import { Option, type Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import { decimalNumber, duration, eachText, priceMove, wholeNumber } from '../option-values.ts';
import { addPolicyOptions } from '../policy-options.ts';
import { addThreadsOption } from '../threads-option.ts';
import type { StressOptions } from '../stress/run-stress.ts';

export function addStressCommand(program: Command): void {
  const command = program
    .command('stress')
    .argument(
      '[tables...]',
      'files or folders of tables, as "undertow import" reads them: then no book is needed',
    )
    .description('Find the least unlikely move that loses so much, and how strongly falls feed themselves.')
    .option('--reverse', 'find the nearest move with a loss of at least --loss, and the way to it')
    .option(
      '--loss <usd>',
      'the least loss that counts, such as 1e6',
      decimalNumber('Loss', { isAbove0: true }),
    )
    .option('--venue <id>', 'the loss of one venue instead of all; may be given several times', eachText)
    .option('--each-venue', 'the loss of all together, and of each venue by itself')
    .option(
      '--prices <file>',
      'prices to estimate covariances from, files or "stored", as of "undertow sweep"',
      eachText,
    )
    .option('--horizon <time>', 'how long a move takes, such as 12h or 7d (default: 1d)', duration)
    .option('--step <time>', 'between two prices (default: 1h)', duration)
    .option('--plan <file>', 'a plan with a Student-t model, whose covariance is taken')
    .option('--seed <number>', 'seed of the random directions (default: 1)', wholeNumber(0))
    .option(
      '--farthest <number>',
      'how many standard deviations are searched (default: 12)',
      decimalNumber('The distance', { isAbove0: true }),
    )
    .option('--reproduction', 'the reproduction number of the whole book, now and along a fall of all prices')
    .option('--volatility <move>', 'move of all implied volatilities, whatever else moves', priceMove)
    .addOption(
      new Option('--engine <engine>', 'which engine runs the scenarios (default: fast)').choices([
        'clear',
        'fast',
      ]),
    );
  addThreadsOption(command);
  addPolicyOptions(command);
  addBookOptions(command)
    .option('--json', 'print everything as JSON instead of text')
    .addHelpText('after', HELP)
    .action(async (tables: readonly string[], options: Omit<StressOptions, 'tables'>) => {
      const { runStress } = await import('../stress/run-stress.ts');
      await runStress({ ...options, tables });
    });
}

const HELP = `
Nearest is by Mahalanobis distance: standard deviations over the horizon, under the covariance of what
moves. It is the nearest of all moves that were tried, and so an upper bound; the text says what was.
Ctrl-C stops, and prints the answers that were found.
A reproduction number is what a small fall grows by from round to round: at 1 it feeds itself.

Examples:
  undertow stress --reverse --loss 1e6 --prices ETH=eth.csv --prices BTC=btc.csv.gz
  undertow stress --reverse --loss 250000 --each-venue --plan plan.json --book book.json
  undertow stress --reproduction --book book.json`;
