import { Option, type Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import { level } from '../option-values.ts';
import { addGridOptions, addPlanOptions } from '../plan-options.ts';
import { addPolicyOptions } from '../policy-options.ts';
import { addThreadsOption } from '../threads-option.ts';
import type { SweepOptions } from '../sweep/run-sweep.ts';

export function addSweepCommand(program: Command): void {
  const command = program
    .command('sweep')
    .argument(
      '[tables...]',
      'files or folders of tables, as "undertow import" reads them: then no book is needed',
    )
    .description('Run many scenarios on one book: how much is lost how often, where, and in which of them.');
  addPlanOptions(addGridOptions(command))
    .addOption(
      new Option('--engine <engine>', 'which engine runs them (default: fast)').choices(['clear', 'fast']),
    )
    .option(
      '--tail <level>',
      'run the scenarios beyond a level, such as 99%, again: whose losses they are, whose trades caused them, cover-2',
      level,
    )
    .option('--out <file>', 'keep plan, results and summary, also when it is stopped')
    .option('--resume <file>', 'go on with what --out kept');
  addThreadsOption(command);
  addPolicyOptions(command);
  addBookOptions(command)
    .option('--json', 'print the summary as JSON instead of text')
    .addHelpText('after', HELP)
    .action(async (tables: readonly string[], options: Omit<SweepOptions, 'tables'>) => {
      const { runSweep } = await import('../sweep/run-sweep.ts');
      await runSweep({ ...options, tables });
    });
}

const HELP = `
Text begins with how much is lost how often. LaR, liquidations at risk, is what is liquidated at most in
that share of scenarios, VaR the same of losses, ES the mean loss in the rest. A cascade is liquidations
in a second round. Ranges are 95 % confidence intervals; ? is an end that the sample is too small for.
What moves is named as in "undertow simulate --help"; a grid needs names that the book has, prices may
have more.

Ctrl-C stops after the running chunk; with --out what is done is kept and --resume goes on. The same plan
and book give the same results, however often it is stopped.

Examples:
  undertow sweep --grid ETH=-10%,-20%,-30%,-40% --grid WBTC=-10%,-20% --product
  undertow sweep --prices ETH=eth.csv --prices BTC=btc.csv.gz --horizon 1d
  undertow sweep --prices prices.csv --model student-t --count 10000 --seed 7 --out sweep.json
  undertow sweep --prices prices.csv --model student-t --count 10000 --tail 99%
  undertow sweep --prices prices.csv --model filtered --filter garch --count 10000 --json
  undertow sweep docs/examples/positions.csv --grid ETH=-10%,-20%,-30%
  undertow sweep --book book.json --plan plan.json --liquidators unlimited
  undertow sweep --book book.json --resume sweep.json`;
