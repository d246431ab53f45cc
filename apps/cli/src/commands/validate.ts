import type { Command } from 'commander';
import { eachText, priceMove, wholeNumber } from '../option-values.ts';
import { LEAST_SCALE_USD, LIMITS, percentOf } from '../validate/compare.ts';
import type { ValidateOptions } from '../validate/run-validate.ts';

export function addValidateCommand(program: Command): void {
  program
    .command('validate')
    .description(
      'Hold the prediction against the EVM: predict a crash of every asset but the dollar, then let it happen on a local chain with real protocols.',
    )
    .option('--seed <number>', 'chooses the accounts', wholeNumber(0, 4_294_967_295), 1)
    .option('--accounts <number>', 'owners of positions', wholeNumber(1, 100_000), 2_000)
    .option('--shock <move>', 'move of all prices; -0.2 = 20 % down', priceMove, -0.2)
    .option(
      '--set <override>',
      'what if a term were another, on both sides: predicted, and made true by the protocol’s own admin call before the crash; may be given several times',
      eachText,
    )
    .option('--json', 'print JSON instead of a table')
    .addHelpText(
      'after',
      `
Exits with 1, and says which figure of which venue is beyond which limit, unless
  the accounts of the first round are the same,
  the value liquidated at each venue is within ${percentOf(LIMITS.liquidated)} of the chain's,
  each final price within ${percentOf(LIMITS.price)},
  the bad debt (before funds), shortfall and stuck debt of each venue and the use of each fund within ${percentOf(LIMITS.loss)}
  (of USD ${LEAST_SCALE_USD} where the chain's figure is less).

--set takes what simulate --set takes, where the protocol has a call for it; what has none, and what the
contract refuses, is told, and exits with 2. Whom the change makes liquidatable meets the crash as it is.

Examples:
  undertow validate --seed 7 --accounts 200 --shock -0.35 --json
  undertow validate --accounts 200 --set "aave-v3@devnet WETH liquidationThreshold=0.70"`,
    )
    .action(async (options: ValidateOptions) => {
      const { runValidate } = await import('../validate/run-validate.ts');
      process.exitCode = await runValidate(options);
    });
}
