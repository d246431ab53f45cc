import { DEFAULT_CODES, KNOWN_EXCHANGES, parseCodes, parseExchanges } from '@undertow/exchanges';
import type { Command } from 'commander';
import { DATA_HELP, DEFAULT_DATA } from '../data-option.ts';
import { UsageError } from '../explain-error.ts';
import { asOption, endpointUrl, wholeNumber } from '../option-values.ts';
import type { StartOptions } from '../start/start-options.ts';

/** Coins that are watched by default, with the assets that they stand for where these are called otherwise. */
const COINS = DEFAULT_CODES.map(({ code, asset }) =>
  code === asset.toUpperCase() ? asset : `${code} (for ${asset})`,
).join(', ');

export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description(
      'Start everything and print the address of the page: a local chain by default, a real network with --rpc and --chain.',
    )
    .option('--rpc <url...>', 'JSON-RPC endpoints of a real network, tried in this order', endpointUrl)
    .option(
      '--chain <id>',
      'chain id of that network, such as 1 (Ethereum), 8453 (Base), 42161 (Arbitrum)',
      wholeNumber(1),
    )
    .option('--data <folder>', DATA_HELP, DEFAULT_DATA)
    .option('--port <number>', 'port of the page on 127.0.0.1; 0 = any free one', wholeNumber(0, 65_535), 0)
    .option('--seed <number>', 'chooses the accounts of the local chain', wholeNumber(0, 4_294_967_295), 1)
    .option('--accounts <number>', 'owners of positions on the local chain', wholeNumber(1, 100_000), 2_000)
    .option(
      '--keep-facts-days <number>',
      'drop facts older than so many days (7 or more) that a saved ledger stands for; all are kept by default',
      wholeNumber(7),
    )
    .option(
      '--exchanges <names>',
      'watch prices on these exchanges too, with commas between; none by default',
      asOption(parseExchanges),
    )
    .option(
      '--exchange-coins <list>',
      'coins of exchanges to watch beside the default ones, and the assets that they stand for, such as SOL or ETH=WETH',
      asOption(parseCodes),
    )
    .option('--no-agent', 'leave the local chain still: nobody trades, borrows or liquidates')
    .addHelpText(
      'after',
      `
Uses PostgreSQL or TimescaleDB at DATABASE_URL when that is set, else a private PostgreSQL in the data folder.
Ctrl-C stops everything; the next start goes on from there.

Exchanges: ${KNOWN_EXCHANGES.join(', ')}. Each is asked for
what it trades against USD, else USDT or USDC, of
${COINS}.
Nobody is asked anything without --exchanges.

Examples:
  undertow start
  undertow start --accounts 200 --seed 7 --data /tmp/undertow-small
  undertow start --rpc https://one.example https://two.example --chain 8453
  undertow start --rpc https://one.example --chain 1 --exchanges kraken,binance --exchange-coins SOL`,
    )
    .action(async (options: StartOptions) => {
      if ((options.rpc === undefined) !== (options.chain === undefined))
        throw new UsageError('A real network needs both --rpc <url> and --chain <id>.');
      if (options.exchangeCoins !== undefined && options.exchanges === undefined)
        throw new UsageError('--exchange-coins needs --exchanges <names>: where are they traded?');
      const { runStart } = await import('../start/run-start.ts');
      // Something that was being started may still hold the event loop; it is tethered to this process.
      process.exit(await runStart(options));
    });
}
