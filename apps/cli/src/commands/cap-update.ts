import type { Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import { decimalNumber, moment, shareOf1 } from '../option-values.ts';
import type { CapUpdateOptions } from '../run-cap-update.ts';

export function addCapUpdateCommand(program: Command): void {
  const command = program
    .command('cap-update')
    .description(
      'Play an update of the cap on a rate before it lands: what it would price, and whom it would let be liquidated.',
    )
    .argument('<oracle>', 'the oracle or the capped feed that it is made of: its id, or what it calls itself')
    .requiredOption(
      '--ratio <rate>',
      'the rate from which the cap shall grow (snapshotRatio), in whole units: 1.2285',
      decimalNumber('ratio', { isAbove0: true }),
    )
    .requiredOption('--since <time>', 'when the token had that rate (snapshotTimestamp)', moment)
    .option(
      '--most-change <share>',
      'by how much the cap may move at most, such as 3%, as limits of its steward hold it back (default: nothing does)',
      shareOf1,
    );
  addBookOptions(command)
    .option('--json', 'print JSON instead of tables')
    .addHelpText(
      'after',
      `
A cap on a rate, such as that of Aave's PriceCapAdapterBase, grows from a rate (snapshotRatio) that the token had at a time
(snapshotTimestamp). An update names both anew. Where limits hold the rate back and not the time, the new cap may be too low at once:
that is what happened to wstETH on 2026-03-10.

No fact holds an update that waits: what a steward or a proposal is about to set is for you to say. A book file has no formulas, so that
the database is needed.

Examples:
  undertow cap-update 'Capped wstETH / stETH(ETH) / USD' --ratio 1.2285 --since 2026-03-03T12:00 --most-change 3%
  undertow cap-update 0xb4ab0c94159bc2d8c133946e7241368fc2f2a010 --ratio 1.25 --since 2026-11-20 --json`,
    )
    .action(async (oracle: string, options: CapUpdateOptions) => {
      const { runCapUpdate } = await import('../run-cap-update.ts');
      await runCapUpdate(oracle, options);
    });
}
