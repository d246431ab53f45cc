import { Argument, Option, type Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import { moment, wholeNumber } from '../option-values.ts';
import type { HistoryKind, HistoryOptions } from '../run-history.ts';

/** What there is a history of; the type checks that all are named. */
const KINDS = Object.keys({
  feed: true,
  pool: true,
  exchange: true,
  market: true,
  account: true,
  liquidations: true,
  measure: true,
  measures: true,
} satisfies Record<HistoryKind, true>);

export function addHistoryCommand(program: Command): void {
  program
    .command('history')
    .description(
      'Show what was stored over time: prices, indices, one address, liquidations, what books said.',
    )
    .addArgument(new Argument('<what>', 'what of').choices(KINDS))
    .argument('[name...]', 'which one, see below')
    .option('--from <time>', 'start; by default as many steps before the end as are shown', moment)
    .option('--to <time>', 'end; by default the newest stored block', moment)
    .addOption(
      new Option('--step <length>', 'length of a step').choices(['minute', 'hour', 'day']).default('hour'),
    )
    .option('--fill', 'show steps in which nothing happened too, as the one before them ended')
    .option('--first <number>', 'how many points at most', wholeNumber(1, 20_000), 48)
    .option('--json', 'print JSON instead of a table; integers are strings')
    .option('--chain <id>', 'chain id, when the database holds several', wholeNumber(1))
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .addHelpText(
      'after',
      `
  feed <id or name>           what a feed answered
  pool <address or name>      the price of a pool, such as WETH/USDC 0.05 %
  exchange <name> <symbol>    what a market of an exchange traded at, such as kraken ETH/USD
  market <venue> <market>     indices and rates of both sides of a market, by its id or the symbol of its asset
  account <address>           how the legs of one address changed
  liquidations                liquidations by venue and pair of assets
  measure <name> [subject]    what books said over time: of everything, of a venue, or of a shock
  measures                    names of all measures and what they are of

Times are UTC: 2024-01-31, 2024-01-31T18:00, or unix seconds. Measures are kept while the API runs.

Examples:
  undertow history feed "ETH / USD" --step day --from 2024-01-01
  undertow history market aave-v3@ethereum WETH --fill
  undertow history measure lossUsd ETH=-0.3 --step day --json`,
    )
    .action(async (what: HistoryKind, names: readonly string[], options: HistoryOptions) => {
      const { runHistory } = await import('../run-history.ts');
      await runHistory(what, names, options);
    });
}
