import type { Address } from '@undertow/market';
import type { Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import { ownerAddress } from '../option-values.ts';
import type { AccountOptions } from '../run-account.ts';

export function addAccountCommand(program: Command): void {
  const command = program
    .command('account')
    .description('Show everything that one address has, over all watched venues.')
    .argument('<address>', 'address of the owner: 0x and 40 hexadecimal digits, in any case', ownerAddress);
  addBookOptions(command)
    .option('--json', 'print JSON instead of tables; integers are strings')
    .addHelpText(
      'after',
      `
For every account: what it holds and owes, its health factor, the feed answers at which it becomes liquidatable, and the
integers that the venue's own contracts return, with the name of the view, so that anybody can check them. A book file
has no such integers.

Examples:
  undertow account 0xfe3b557e8fb62b89f4916b721be55ceb828dbd73
  undertow account 0xfe3b557e8fb62b89f4916b721be55ceb828dbd73 --block 18000000 --json`,
    )
    .action(async (address: Address, options: AccountOptions) => {
      const { runAccount } = await import('../run-account.ts');
      await runAccount(address, options);
    });
}
