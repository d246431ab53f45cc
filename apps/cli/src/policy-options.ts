import { Option, type Command } from 'commander';
import { decimalNumber, wholeNumber } from './option-values.ts';

/** Who acts how, and the depth and length of a run. */
export function addPolicyOptions(command: Command): void {
  addActorOptions(command)
    .option(
      '--depth <factor>',
      'what the depth of all markets is multiplied by (default: 1)',
      decimalNumber('Depth', { isAbove0: true }),
    )
    .option('--max-rounds <number>', 'stop after so many rounds and say so', wholeNumber(1));
}

/** Who acts how; what is left out is `DEFAULT_POLICIES` of the engine. */
export function addActorOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--liquidators <policy>',
        'how liquidators act: at a profit only (the default), at any loss, or at a profit with so much money',
      ).choices(['rational', 'unlimited', 'capital']),
    )
    .option('--gas <usd>', 'what a liquidation call costs a liquidator (default: 0)', decimalNumber('Gas'))
    .option(
      '--capital <usd>',
      'what all liquidators together can repay in a round, with --liquidators capital',
      decimalNumber('Capital', { isAbove0: true }),
    )
    .addOption(
      new Option(
        '--oracles <when>',
        'when oracles follow the market: between rounds (the default), or within them after every call',
      ).choices(['between', 'within']),
    )
    .addOption(
      new Option(
        '--depositors <what>',
        'what depositors of a stability pool do with the collateral that they get; they sell by default',
      ).choices(['sell', 'hold']),
    );
}
