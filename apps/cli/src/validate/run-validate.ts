import { simulate } from '@undertow/cascade';
import { crashOnChain, startDevnet } from '@undertow/devnet';
import { table } from '../text-table.ts';
import { print } from '../print.ts';
import { shocksByAddress } from '../run-simulate.ts';
import { compare, type Comparison } from './compare.ts';
import { indexDevnet } from './index-devnet.ts';

/** The assets whose price falls, by the same ratio. */
const SHOCKED = ['WETH', 'WBTC'] as const;

export interface Experiment {
  readonly seed: number;
  readonly accounts: number;
  readonly shock: number;
}

/** Builds a local chain, predicts a crash from its logs, lets the crash happen, and holds one against the other. */
export async function validate(
  { seed, accounts, shock }: Experiment,
  say: (message: string) => void,
): Promise<Comparison> {
  const devnet = await startDevnet({ seed, accounts, onProgress: say });
  try {
    const book = await indexDevnet(devnet);
    say(`Predicting from block ${book.block}: ${book.accounts.count} accounts with debt`);
    const shocks = Object.fromEntries(SHOCKED.map((symbol) => [symbol, shock]));
    const prediction = simulate(book, { shocks: shocksByAddress(book, shocks) });
    const crash = await crashOnChain(devnet, { shock, assets: SHOCKED, onProgress: say });
    return compare(prediction, crash);
  } finally {
    await devnet.stop();
  }
}

export interface ValidateOptions extends Experiment {
  readonly json?: boolean;
}

/** Prints an experiment as a table, or as JSON; progress goes to standard error. */
export async function runValidate({ json, ...experiment }: ValidateOptions): Promise<void> {
  const comparison = await validate(experiment, (message) => process.stderr.write(`${message}\n`));
  const { seed, accounts, shock } = experiment;
  await print(
    json ? `${JSON.stringify({ seed, accounts, shock, ...comparison }, undefined, 2)}\n` : text(comparison),
  );
}

function text({ firstRound, rows, notes }: Comparison): string {
  const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  const drawn = table(
    ['Measure', 'Predicted', 'On chain', 'Relative error'],
    rows.map(({ measure, predicted, onChain, relativeError, note }) => [
      measure,
      number(predicted),
      number(onChain),
      relativeError === null ? (note ?? '–') : `${Number((relativeError * 100).toPrecision(2))} %`,
    ]),
  );
  const { predicted, onChain, missing, extra } = firstRound;
  const first = `First round: ${predicted} accounts predicted, ${onChain} on chain, ${missing.length} missing, ${extra.length} extra.`;
  const names = [...missing.map((name) => `  missing ${name}`), ...extra.map((name) => `  extra ${name}`)];
  return `${[first, ...names, drawn, ...notes].join('\n')}\n`;
}
