import { Option, type Command } from 'commander';
import { addBookOptions } from '../book-options.ts';
import { UsageError } from '../explain-error.ts';
import { eachText, namedShock, priceMove } from '../option-values.ts';
import { addPolicyOptions } from '../policy-options.ts';
import type { SimulateOptions } from '../run-simulate.ts';

/** What Commander gives: lists are absent when their option was not given. */
type Given = Omit<SimulateOptions, 'shock' | 'set' | 'tables'> &
  Partial<Pick<SimulateOptions, 'shock' | 'set'>>;

export function addSimulateCommand(program: Command): void {
  const command = program
    .command('simulate')
    .argument(
      '[tables...]',
      'files or folders of tables, as "undertow import" reads them: then no book is needed',
    )
    .description('Run one cascade round by round on a book file, on tables or on what is indexed.')
    .option(
      '--shock <what=move>',
      'what moves and by how much, all told: -0.3 or -30% = 30 % down; may be given several times',
      namedShock,
    )
    .option('--volatility <move>', 'move of all implied volatilities; 0.5 = half as much again', priceMove)
    .option(
      '--set <override>',
      'what if a term were another: the run is shown before and after; may be given several times',
      eachText,
    );
  command.addOption(
    new Option('--engine <engine>', 'which engine runs it (default: fast); both tell the same').choices([
      'clear',
      'fast',
    ]),
  );
  addPolicyOptions(command);
  addBookOptions(command)
    .option('--json', 'print the whole result as JSON instead of text')
    .addHelpText('after', HELP)
    .action(async (tables: readonly string[], { shock = [], set = [], ...others }: Given) => {
      if (shock.length === 0 && set.length === 0 && others.volatility === undefined)
        throw new UsageError(
          'Nothing moves: give --shock <what=move>, --volatility <move> or --set <override>, or several of them.',
        );
      const { runSimulate } = await import('../run-simulate.ts');
      await runSimulate({ ...others, shock, set, tables });
    });
}

const HELP = `
What a shock names:
  ETH=-30%                            a reference: all that is tied to it moves along (WETH means ETH)
  wstETH=-10%                         an asset's own price: a depeg, where it is tied to another
  market:CRV=-40%                     where it trades; no oracle follows
  rate:wstETH=-5%                     what it is redeemed for, as after a slashing
  oracle:wstETH=-3%                   what venues believe of it, while its market stays
  oracle:aave-v3@ethereum/wstETH=-3%  the same of one venue
  "feed:ETH / USD=-10%"               what one feed answers, from now on
  landed=100%                         all oracles go to what their assets trade at, as if every answer
                                      that is due arrived now (with exchanges, where they are watched);
                                      landed:WBTC=100% those of one asset
An asset is named as the tables show it, by its address, or where several have the symbol as
"WETH (0x1234…abcd)=-20%". Where no oracle follows, nobody becomes due by the move, and what is lost
shows as shortfall at market prices.

What --set changes:
  "aave-v3@ethereum WETH liquidationThreshold=0.80"  a market's term, by its label or id; also
                                                     loanToValue, liquidationBonus,
                                                     liquidationProtocolFee, supplyCap, borrowCap
  "aave-v3@ethereum closeFactor=1"                   a venue's term; also fullCloseHealthFactor,
                                                     liquidatorShare, maintenanceMargin,
                                                     liquidationPenalty
  "aave-v3@ethereum wstETH oracle=market"            also rate, constant, constant(1), cap(1.04)
  "WETH depth=0.5"                                   depth of one asset
With --set the accounts that the change alone makes liquidatable come first. A contract refuses a
threshold below its loanToValue: set both then. Caps and loan-to-value limit new borrowing only, and
a cascade has none: they change no figure of it.

Text begins with who loses how much and why. --json has every figure, the units of each, and the
scenario with names. Wrong names and values exit with 2.

Examples:
  undertow simulate --shock WETH=-30%
  undertow simulate --shock WETH=-30% --shock WBTC=-20% --volatility 0.5
  undertow simulate --shock USDC=-5% --liquidators capital --capital 5000000 --gas 20
  undertow simulate --shock WETH=-30% --set "aave-v3@devnet closeFactor=1"
  undertow simulate --set "aave-v3@devnet WETH liquidationThreshold=0.80" \\
                    --set "aave-v3@devnet WETH loanToValue=0.75"
  undertow simulate --book book.json --shock oracle:stWETH=-3% --json
  undertow simulate positions.csv --shock ETH=-30%
  undertow simulate quotes.csv --book book.json --shock ETH=-30%   other depth for the same book`;
