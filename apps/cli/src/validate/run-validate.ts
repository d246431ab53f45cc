import { parseOverride, withTerms } from '@undertow/book';
import { moveNamed, simulate } from '@undertow/cascade';
import { changeTerms, crashOnChain, startDevnet } from '@undertow/devnet';
import { asUsage, asUsageLater } from '../explain-error.ts';
import { table } from '../text-table.ts';
import { printReadable } from '../print.ts';
import { compare, LEAST_SCALE_USD, percentOf, type Comparison } from './compare.ts';
import { indexDevnet } from './index-devnet.ts';

/** The assets whose price moves, by the same ratio: all but the dollar that everything is traded against. */
const SHOCKED = ['WETH', 'WBTC', 'LINK', 'CRV', 'RWA'] as const;

export interface Experiment {
  readonly seed: number;
  readonly accounts: number;
  readonly shock: number;
  /**
   * Overrides of terms, see `parseOverride`: the prediction is made under them, and the protocols' own admin calls make them
   * true before the crash.
   */
  readonly set?: readonly string[];
}

/**
 * Builds a local chain, predicts a crash from its logs, lets the crash happen, and holds one against the other.
 *
 * @throws UsageError for an override that is not understood, that no admin call carries out, or that a contract refuses.
 */
export async function validate(
  { seed, accounts, shock, set = [] }: Experiment,
  say: (message: string) => void,
): Promise<Comparison> {
  const devnet = await startDevnet({ seed, accounts, onProgress: say });
  try {
    const indexed = await indexDevnet(devnet);
    const overrides = asUsage(() => set.map((text) => parseOverride(indexed, text)));
    const book = asUsage(() => withTerms(indexed, overrides));
    await asUsageLater(async () => {
      for (const call of await changeTerms(devnet, overrides)) say(`Changed: ${call}`);
    });
    say(`Predicting from block ${book.block}: ${book.accounts.count} accounts with debt`);
    const moves = SHOCKED.map((symbol) => moveNamed(book, symbol, shock));
    const prediction = simulate(book, { moves });
    const shocks = Object.fromEntries(SHOCKED.map((symbol) => [symbol, shock]));
    const crash = await crashOnChain(devnet, { moves: shocks, onProgress: say });
    return compare(prediction, crash);
  } finally {
    await devnet.stop();
  }
}

export interface ValidateOptions extends Experiment {
  readonly json?: boolean;
}

/**
 * Prints an experiment as a table, or as JSON; progress goes to standard error.
 *
 * @returns the exit code: 0 when every figure is within its limit, else 1.
 */
export async function runValidate({ json = false, ...experiment }: ValidateOptions): Promise<number> {
  const comparison = await validate(experiment, (message) => process.stderr.write(`${message}\n`));
  const { text, exitCode } = reportOf(experiment, comparison, json);
  await printReadable(text);
  return exitCode;
}

/** What is printed of an experiment, and its exit code. */
export function reportOf(
  { seed, accounts, shock, set = [] }: Experiment,
  comparison: Comparison,
  json: boolean,
): { readonly text: string; readonly exitCode: number } {
  const text = json
    ? `${JSON.stringify({ seed, accounts, shock, set, ...comparison }, undefined, 2)}\n`
    : `${set.map((text) => `Under ${text}.\n`).join('')}${comparisonText(comparison)}`;
  return { text, exitCode: comparison.beyond.length === 0 ? 0 : 1 };
}

/** A comparison as a table with the limits, and a last line that says what is beyond them. */
function comparisonText({ firstRound, rows, beyond, notes }: Comparison): string {
  const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
  const drawn = table(
    ['Measure', 'Predicted', 'On chain', 'Relative error', 'Limit'],
    rows.map(({ measure, predicted, onChain, relativeError, limit, isBeyond, note }) => [
      measure,
      number(predicted),
      number(onChain),
      relativeError === null ? (note ?? '–') : percentOf(relativeError),
      limit === undefined ? '–' : `${percentOf(limit)}${isBeyond ? ': beyond' : ''}`,
    ]),
  );
  const { predicted, onChain, missing, extra } = firstRound;
  const first = `First round: ${predicted} accounts predicted, ${onChain} on chain, ${missing.length} missing, ${extra.length} extra (limit 0).`;
  const names = [...missing.map((name) => `  missing ${name}`), ...extra.map((name) => `  extra ${name}`)];
  const lines = [
    ...[first, ...names, drawn, MEANING, ...notes],
    ...beyond.map((one, index) => `${index === 0 ? 'First deviation' : 'Beyond the limit'}: ${one}`),
    ...(beyond.length === 0 ? ['Every figure is within its limit.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

const MEANING = [
  'badDebtUsd: debt whose collateral is gone, before funds; shortfallUsd: of accounts still open, debt above collateral at',
  'market prices; stuckUsd: what is due and nobody liquidates; fundUseUsd: what a fund paid less what it got.',
  `Limits are shares of the figure on chain; of USD ${LEAST_SCALE_USD} where that is less.`,
].join('\n');
