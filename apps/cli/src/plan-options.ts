import { Option, type Command } from 'commander';
import { decimalNumber, duration, eachText, gridAxis, priceMove, wholeNumber } from './option-values.ts';

/** Which scenarios are made of which prices, or come from a file; see `PlanOptions`. */
export function addPlanOptions(command: Command): Command {
  return command
    .option(
      '--prices <file>',
      'prices of the past: CSV with columns time, symbol and price, ETH=file.csv, or "stored" for those of exchanges in the database; may be given several times',
      eachText,
    )
    .addOption(
      new Option(
        '--model <model>',
        'what is made of the prices: their windows once more (the default), draws from a Student-t, or filtered historical simulation',
      ).choices(['historical', 'student-t', 'filtered']),
    )
    .option('--horizon <time>', 'how long a scenario is, such as 12h or 7d (default: 1d)', duration)
    .option('--step <time>', 'between two prices, and two windows (default: 1h)', duration)
    .addOption(
      new Option('--filter <filter>', 'how the volatility is followed (default: ewma)').choices([
        'ewma',
        'garch',
      ]),
    )
    .option(
      '--lambda <share>',
      'memory of ewma from one step to the next, between 0 and 1 (default: 0.94 a day)',
      decimalNumber('Lambda', { isAbove0: true }),
    )
    .option(
      '--degrees <number>',
      'degrees of freedom of the Student-t, above 2 (default: estimated)',
      decimalNumber('Degrees', { isAbove0: true }),
    )
    .option('--plan <file>', 'a plan as JSON; see libs/sweep/src/plan/plan.ts')
    .option('--count <number>', 'how many scenarios are drawn (default: 1000)', wholeNumber(1))
    .option('--seed <number>', 'another seed, another sample (default: 1)', wholeNumber(0))
    .option('--volatility <move>', 'move of all implied volatilities in every scenario', priceMove);
}

/** A grid of moves, which has no probabilities; see `PlanOptions`. */
export function addGridOptions(command: Command): Command {
  return command
    .option(
      '--grid <what=moves>',
      'moves of one thing, such as ETH=-10%,-20%; may be given several times',
      gridAxis,
    )
    .option('--product', 'every combination of the moves of several --grid, instead of each by itself');
}
