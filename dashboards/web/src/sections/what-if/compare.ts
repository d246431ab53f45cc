import { count, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import type { Run } from './load.ts';

/** One figure before and after a change of terms. */
export interface Compared {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Both as they are. */
  readonly values: readonly [before: number, after: number];
  /** What they are in. */
  readonly unit: 'USD' | 'count';
  /** What is written of the difference; an en dash where both read the same. */
  readonly difference: string;
  /** Whether it is better or worse for who lent: undefined where it is neither, or the same. */
  readonly isWorse: boolean | undefined;
}

const SAME = '–';

type Format = (value: number) => string;

function compared(
  name: string,
  [before, after]: readonly [number, number],
  { format = usd, isLoss = true }: { readonly format?: Format; readonly isLoss?: boolean } = {},
): Compared {
  const [was, is] = [format(before), format(after)];
  const sign = after > before ? '+' : '−';
  return {
    ...{ name, before: was, after: is, values: [before, after] },
    unit: format === usd ? 'USD' : 'count',
    difference: was === is ? SAME : `${sign}${format(Math.abs(after - before))}`,
    isWorse: was === is || !isLoss ? undefined : after > before,
  };
}

/** The figures of two runs side by side, what is lost first. */
export function comparedTotals(before: Run, after: Run): Compared[] {
  const pair = (of: (run: Run) => number) => [of(before), of(after)] as const;
  const reasons = [...new Set([...before.stuck, ...after.stuck].map(({ because }) => because))];
  const stuckBy = (because: string) => (run: Run) =>
    run.stuck.reduce((sum, one) => sum + (one.because === because ? one.debtUsd : 0), 0);
  return [
    compared(
      'Loss',
      pair(({ lossUsd }) => lossUsd),
    ),
    compared(
      '  bad debt: collateral is gone',
      pair(({ badDebtUsd }) => badDebtUsd),
    ),
    compared(
      '  shortfall of open accounts',
      pair(({ shortfallUsd }) => shortfallUsd),
    ),
    compared(
      'Loss if oracles follow every call',
      pair((run) => (run.band?.within ?? run).lossUsd),
    ),
    compared(
      'Loss if all had to be sold',
      pair(({ lossAtSaleUsd }) => lossAtSaleUsd),
    ),
    compared(
      'Due, and nobody liquidates it',
      pair(({ stuckUsd }) => stuckUsd),
    ),
    ...reasons.map((because) => compared(`  ${because}`, pair(stuckBy(because)))),
    compared(
      'Accounts liquidated',
      pair(({ accounts }) => accounts),
      { format: count, isLoss: false },
    ),
    compared(
      'Liquidated',
      pair(({ liquidatedUsd }) => liquidatedUsd),
      { isLoss: false },
    ),
    compared(
      'Repaid',
      pair(({ repaidUsd }) => repaidUsd),
      { isLoss: false },
    ),
    compared(
      'Rounds',
      pair(({ rounds }) => rounds.length),
      { format: count, isLoss: false },
    ),
    compared(
      'Liquidators earn',
      pair(({ liquidatorProfitUsd }) => liquidatorProfitUsd),
      { isLoss: false },
    ),
  ];
}

/** Losses and liquidations of every venue side by side, in which one of the runs has something. */
export function comparedVenues(before: Run, after: Run): Compared[] {
  const venues = [...new Set([...before.byVenue, ...after.byVenue].map(({ venue }) => venue))];
  return venues.flatMap((venue) => {
    const of = ({ byVenue }: Run) => byVenue.find((one) => one.venue === venue);
    const [was, is] = [of(before), of(after)];
    const name = venueName(venue);
    return [
      compared(`${name}: loss`, [was?.lossUsd ?? 0, is?.lossUsd ?? 0]),
      compared(`${name}: due and stuck`, [was?.stuckUsd ?? 0, is?.stuckUsd ?? 0]),
      compared(`${name}: liquidated`, [was?.liquidatedUsd ?? 0, is?.liquidatedUsd ?? 0], { isLoss: false }),
    ].filter((row) => row.before !== '$0' || row.after !== '$0');
  });
}

/** Whether two runs read the same in every figure. */
export const isSame = (rows: readonly Compared[]): boolean =>
  rows.every(({ difference }) => difference === SAME);
