import type { Command } from 'commander';
import type { SignOptions } from '../report/run-sign.ts';

export function addSignCommand(program: Command): void {
  program
    .command('sign')
    .argument('<bundle>', 'report.json of a report; the signature is added to it')
    .description('Stand by a report: add an EIP-712 signature. Several may sign, and its id stays the same.')
    .option('--key-file <file>', 'a file with the private key (default: UNDERTOW_REPORT_KEY)')
    .option('--typed-data', 'print what a wallet is to sign, and sign nothing')
    .option('--signature <hex>', 'add the signature that a wallet made of that')
    .addHelpText('after', HELP)
    .action(async (bundle: string, options: SignOptions) => {
      const { runSign } = await import('../report/run-sign.ts');
      await runSign(bundle, options);
    });
}

const HELP = `
A key is 64 hexadecimal digits, with or without 0x. It is read, used and forgotten: neither stored nor shown.
Verify a report before you sign it.

Examples:
  undertow sign my-report/report.json --key-file key.txt
  undertow sign my-report/report.json --typed-data
  undertow sign my-report/report.json --signature 0x1234…1c`;
