import { Command } from 'commander';
import { addAccountCommand } from './commands/account.ts';
import { addAdviseCommand } from './commands/advise.ts';
import { addCallsCommand } from './commands/calls.ts';
import { addDevnetCommand } from './commands/devnet.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExportCommand } from './commands/export.ts';
import { addHistoryCommand } from './commands/history.ts';
import { addImportCommand } from './commands/import.ts';
import { addCapUpdateCommand } from './commands/cap-update.ts';
import { addLagCommand } from './commands/lag.ts';
import { addReportCommand } from './commands/report.ts';
import { addSignCommand } from './commands/sign.ts';
import { addMarginCommand } from './commands/margin.ts';
import { addSimulateCommand } from './commands/simulate.ts';
import { addStartCommand } from './commands/start.ts';
import { addStressCommand } from './commands/stress.ts';
import { addSweepCommand } from './commands/sweep.ts';
import { addToTimescaleCommand } from './commands/to-timescale.ts';
import { addValidateCommand } from './commands/validate.ts';
import { addVerifyCommand } from './commands/verify.ts';
import { addVenuesCommand } from './commands/venues.ts';
import { readableText } from './readable-text.ts';
import { withoutKeys } from './without-keys.ts';

/** The `undertow` command. What a command needs is loaded when it runs, so that `--help` is instant. */
export function buildProgram(): Command {
  const program = new Command('undertow')
    .description(
      'Undertow watches leveraged positions on every venue that shares collateral, and says how far a shock would travel.',
    )
    .option('--verbose', 'show the stack of an error')
    .showHelpAfterError('(add --help for what can be given)')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(readableText(withoutKeys(text))) })
    .addHelpText(
      'after',
      `
Examples:
  undertow start                                    a local chain with real protocols, indexed, and the page
  undertow start --rpc https://example.org --chain 1  the same on Ethereum mainnet
  undertow simulate --shock WETH=-20%               one cascade on what is indexed
  undertow account 0xfe3b…                          one address over all venues
  undertow history feed "ETH / USD"                 what a feed answered, hour by hour
  undertow doctor                                   what is wrong with my set-up

Moves are ratios or percent: -0.2 and -20% are 20 % down. Money is in USD.`,
    );
  addStartCommand(program);
  addDevnetCommand(program);
  addExportCommand(program);
  addImportCommand(program);
  addSimulateCommand(program);
  addSweepCommand(program);
  addStressCommand(program);
  addAdviseCommand(program);
  addReportCommand(program);
  addVerifyCommand(program);
  addSignCommand(program);
  addVenuesCommand(program);
  addAccountCommand(program);
  addMarginCommand(program);
  addCallsCommand(program);
  addHistoryCommand(program);
  addLagCommand(program);
  addCapUpdateCommand(program);
  addValidateCommand(program);
  addDoctorCommand(program);
  addToTimescaleCommand(program);
  return program;
}
