import type { Command } from 'commander';
import type { VerifyOptions } from '../report/run-verify.ts';
import { addThreadsOption } from '../threads-option.ts';

export function addVerifyCommand(program: Command): void {
  const command = program
    .command('verify')
    .argument('<bundle>', 'report.json of a report: a file, or an address of the web')
    .description('Check a report: its hash, its signatures, and every figure, computed again from its book.')
    .option('--light', 'hash and signatures alone: nothing is computed, and no book is needed')
    .option('--book <file>', 'its book, a file or an address (default: book.json beside it)');
  addThreadsOption(command)
    .option('--json', 'print JSON instead of text')
    .addHelpText('after', HELP)
    .action(async (bundle: string, options: VerifyOptions) => {
      const { runVerify } = await import('../report/run-verify.ts');
      await runVerify(bundle, options);
    });
}

const HELP = `
Needs no database and no chain. Exits with 0 when all that was looked at is right, and with 1 when a byte, a
signature or a figure is not; it names which. What it cannot show: whether the book is what a chain says, and
whether the model is right. docs/reports.md says how to look at those.

Examples:
  undertow verify my-report/report.json
  undertow verify https://example.org/reports/1/report.json
  undertow verify report.json --book books/123.json
  undertow verify report.json --light`;
