import { Option, type Command } from 'commander';
import { REPLAYS } from '../lag/replays.ts';
import { decimalNumber, moment } from '../option-values.ts';
import type { LagOptions } from '../lag/run-lag.ts';

export function addLagCommand(program: Command): void {
  program
    .command('lag')
    .description('Say how late an oracle runs, by which rule it answers, and when it was not to be trusted.')
    .option('--answers <file>', 'what the oracle answered: CSV with a time and a price, may be .gz')
    .option('--market <file>', 'what the asset traded at: the same, or bars with open, high, low and close')
    .addOption(
      new Option(
        '--replay <event>',
        'an event of the past, from public files or rebuilt from published figures',
      ).choices(Object.keys(REPLAYS)),
    )
    .option('--files <folder>', 'where the public files of --replay are')
    .option('--from <time>', 'leave out what was before; not with --replay', moment)
    .option('--to <time>', 'leave out what was after; not with --replay', moment)
    .option(
      '--longest <minutes>',
      'greatest delay to look for',
      decimalNumber('minutes', { isAbove0: true }),
      180,
    )
    .option('--svg <file>', 'also write the pictures into a file')
    .option('--html <file>', 'also write a page with the pictures and the text')
    .option('--json', 'print JSON instead of text')
    .addHelpText(
      'after',
      `
Files: a header, then rows in any order. The time is in a column time, timestamp, updated_at, date or open_time: unix seconds, or
2023-07-01T12:00 in UTC. The price is in price, answer, value or close. A bar says its start, and is known at its end.

The rule of the feed is learned from its answers; from those outside the market's time, where there are 500. What is called a
prediction has its skill beside it: 1 − its error ÷ that of a naive one, on times on which it was not learned.

A replay says of each figure whether it was published, measured in public files, rebuilt, assumed or computed.

Events: ${Object.entries(REPLAYS)
        .map(([name, { about }]) => `\n  ${name.padEnd(20)}${about}`)
        .join('')}

Examples:
  undertow lag --answers rounds.csv --market ETHUSDT-1m.csv.gz
  undertow lag --replay maker-2020-03 --files ../shared/data
  undertow lag --replay capo-2026-03-10 --html cap.html`,
    )
    .action(async (options: LagOptions) => {
      const { runLag } = await import('../lag/run-lag.ts');
      await runLag(options);
    });
}
