import type { Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import type { CallsCheckOptions } from '../calls/run-check.ts';
import type { CallsLogOptions } from '../calls/run-log.ts';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import { duration, eachText, wholeNumber } from '../option-values.ts';

export function addCallsCommand(program: Command): void {
  const calls = program
    .command('calls')
    .description('Margin calls: who would be called, what cures it, and whether the log of calls is whole.')
    .addHelpText('after', HELP);
  addCheck(calls);
  addPolicy(calls);
  addExport(calls);
  addVerify(calls);
}

function addCheck(calls: Command): void {
  const command = calls
    .command('check')
    .argument(
      '[tables...]',
      'files or folders of tables, as "undertow import" reads them: loans off the chain',
    )
    .description('Who would be called now under a policy, on which rung, by when, and what would cure it.')
    .requiredOption('--policy <file|preset>', 'a policy as JSON, or the name of one that is ready')
    .option(
      '--prices <prices>',
      'prices of the past for a ladder of standard deviations: a file, SYMBOL=file, or "stored"; may be given several times',
      eachText,
    )
    .option('--step <time>', 'time between two of those prices (default: 1h)', duration)
    .option('--most <number>', 'calls that are printed (default: 30)', wholeNumber(1));
  addBookOptions(command)
    .option('--json', 'print all calls, with every way to cure them, as JSON')
    .action(async (tables: readonly string[], options: CallsCheckOptions) => {
      const { runCallsCheck } = await import('../calls/run-check.ts');
      await runCallsCheck({ ...options, tables });
    });
}

function addPolicy(calls: Command): void {
  calls
    .command('policy')
    .argument('[preset]', 'name of a policy that is ready; without one they are listed')
    .description('Print a policy that is ready, as JSON to begin one’s own with.')
    .action(async (preset: string | undefined) => {
      const { runCallsPolicy } = await import('../calls/run-policy.ts');
      await runCallsPolicy(preset);
    });
}

function addExport(calls: Command): void {
  calls
    .command('export')
    .description('Write the log of margin calls, an entry a line, for an auditor.')
    .option('--out <file>', 'file to write (default: standard output)')
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .action(async (options: CallsLogOptions) => {
      const { runCallsExport } = await import('../calls/run-log.ts');
      await runCallsExport(options);
    });
}

function addVerify(calls: Command): void {
  calls
    .command('verify')
    .argument('[log]', 'a file that "undertow calls export" wrote (default: the database)')
    .description('Check that no entry of a log was changed, removed or moved; exits with 1 where one was.')
    .option(
      '--head <seq:hash>',
      'the last entry as it was written down elsewhere: shows entries cut off at the end',
    )
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .action(async (log: string | undefined, options: CallsLogOptions) => {
      const { runCallsVerify } = await import('../calls/run-log.ts');
      await runCallsVerify(log, options);
    });
}

const HELP = `
A policy is a ladder of rungs (by loan-to-value, ratio of collateral, health factor, or standard deviations to the
venue's own line), each with its deadline, and a target at which a call is cured. docs/margin-calls.md says more.

Examples:
  undertow calls policy
  undertow calls policy unchained > mine.json
  undertow calls check --policy health-factor
  undertow calls check --policy volatility --prices ETH=eth.csv
  undertow calls check --policy mine.json docs/examples/positions.csv
  undertow calls export --out calls.jsonl
  undertow calls verify calls.jsonl --head 812:4be1…`;
