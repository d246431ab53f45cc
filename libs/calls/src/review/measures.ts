import {
  accountTotals,
  dueAccounts,
  exactStanding,
  ownValues,
  valueAccounts,
  type AccountRow,
  type Book,
  type BookValues,
} from '@undertow/book';
import { openShock } from '@undertow/cascade';
import { openDistances, referencesOf, type Deviations } from '@undertow/margin';
import { WAD } from '@undertow/units';
import {
  compareRatio,
  isAtOrBetter,
  meetsMoves,
  meetsRatio,
  ratioOf,
  sharedPrices,
  wadOf,
  type ExactRatio,
  type MeetsTarget,
  type SharedPrices,
} from '../cure/target.ts';
import type { Policy, Rung } from '../policy/policy.ts';

/** How the accounts of a book stand by the measure of a policy. */
export interface Measures {
  readonly shared: SharedPrices;
  /** Whether a lone account is at the cure target. */
  readonly meets: MeetsTarget;
  /** Accounts that may have reached a rung: all that have are among them. */
  readonly candidates: readonly AccountRow[];
  /** The worst rung that an account has reached; undefined above all. */
  readonly rungOf: (account: AccountRow) => Rung | undefined;
  readonly isAtTarget: (account: AccountRow) => boolean;
  /** The measure of an account, as a number for people: `Number.MAX_VALUE` where it is beyond all numbers. */
  readonly measured: (account: AccountRow) => number;
  readonly totals: (account: AccountRow) => { readonly collateralUsd: number; readonly debtUsd: number };
  /** Accounts that may not be measured: all that are not are among them. */
  readonly doubtful: readonly AccountRow[];
  /** Why an account is not measured; undefined when it is. */
  readonly reasonOf: (account: AccountRow) => string | undefined;
}

/** Measures the accounts of a book. Deviations of log returns over the policy's horizon are needed where its measure is `deviations`. */
export function measuresOf(book: Book, policy: Policy, deviations: Deviations = new Map()): Measures {
  const values = ownValues(book);
  const found = valueAccounts(values);
  const totals = (account: AccountRow) => ({
    collateralUsd: found.collateralUsd[account]!,
    debtUsd: found.debtUsd[account]!,
  });
  const shared = sharedPrices(book);
  const parts =
    policy.measure === 'deviations' ? byMoves(book, policy, deviations) : byRatio(values, policy, shared);
  const mildest = policy.rungs[0]!.at;
  const rows = Array.from({ length: book.accounts.count }, (_, row) => row as AccountRow);
  const candidates = rows.filter((row) => {
    if (found.debtUsd[row]! < policy.smallestDebtUsd || found.debtUsd[row] === 0) return false;
    if (policy.measure === 'deviations') return parts.rungOf(row) !== undefined;
    const ratio = policy.measure === 'loanToValue' ? mildest : 1 / mildest;
    return floatLoad(policy.measure, found, row) >= ratio * (1 - SCREEN);
  });
  // Oracles that do not answer keep accounts out of the book, so that of the rest only near ones are looked at.
  const near = new Set(candidates);
  const doubtful = rows.filter(
    (row) => near.has(row) || !isLending(book, row) || policy.measure === 'deviations',
  );
  return { shared, totals, candidates, doubtful, ...parts };
}

/** Whether an account has collateral and debt, and neither positions nor options. */
function isLending({ venues, accounts }: Book, row: AccountRow): boolean {
  const { mechanism } = venues[accounts.venue[row]!]!;
  return mechanism !== 'perpetual' && mechanism !== 'option';
}

/** Floats are nearer than this to the venue's integers, averages in whole basis points included. */
const SCREEN = 0.01;

/** Rises to the worse, by any ratio. */
function floatLoad(measure: Policy['measure'], found: ReturnType<typeof valueAccounts>, row: number): number {
  if (measure === 'healthFactor') return 1 / found.healthFactor[row]!;
  return found.debtUsd[row]! / found.collateralUsd[row]!;
}

type Parts = Pick<Measures, 'meets' | 'rungOf' | 'isAtTarget' | 'measured' | 'reasonOf'>;

function byRatio(values: BookValues, { measure, rungs, cureTarget }: Policy, shared: SharedPrices): Parts {
  const by = measure as Exclude<Policy['measure'], 'deviations'>;
  const isLinear = (row: AccountRow) => isLending(values.book, row);
  const ratio = (row: AccountRow): ExactRatio | undefined => {
    const standing = exactStanding(values, row);
    if (standing) return ratioOf(by, standing);
    if (by !== 'healthFactor' || isLinear(row)) return undefined;
    // Positions and options: what the venue's nearest line gives, as it is shown elsewhere.
    return { numerator: wadOf(accountTotals(values, row).healthFactor), denominator: WAD };
  };
  return {
    meets: meetsRatio(by, cureTarget, shared),
    rungOf: (row) => {
      const at = ratio(row);
      const worse = by === 'loanToValue' ? -1 : 1;
      return at && rungs.findLast((rung) => compareRatio(at, rung.at) !== worse);
    },
    isAtTarget: (row) => isAtOrBetter(by, ratio(row), cureTarget),
    measured: (row) => numberOf(ratio(row)),
    reasonOf: (row) => {
      if (isLinear(row))
        return exactStanding(values, row) ? undefined : 'an oracle does not answer, or it lacks a leg';
      return by === 'healthFactor' ? undefined : `it has positions or options, which have no ${WORDS[by]}`;
    },
  };
}

const WORDS = {
  loanToValue: 'loan-to-value',
  collateralRatio: 'ratio of collateral',
  healthFactor: 'health factor',
};

function numberOf(ratio: ExactRatio | undefined): number {
  if (ratio === undefined) return Number.MAX_VALUE;
  const { numerator, denominator } = ratio;
  if (denominator === 0n) return Number.MAX_VALUE;
  return Math.min(Number((numerator * WAD) / denominator) / 1e18, Number.MAX_VALUE);
}

/** By what so many standard deviations of each reference, one at a time and either way, would make due. */
function byMoves(book: Book, { rungs, cureTarget }: Policy, deviations: Deviations): Parts {
  const shock = openShock(book);
  const symbols = [...deviations].filter(([symbol]) => book.references.some((one) => one.symbol === symbol));
  const movesAt = (distance: number): BookValues[] =>
    symbols.flatMap(([symbol, deviation]) =>
      [-1, 1].map((sign) => {
        const move = Math.expm1(sign * distance * deviation);
        return shock({ moves: [{ kind: 'reference', symbol, move }] });
      }),
    );
  const dueAt = (distance: number): Uint8Array => {
    const due = new Uint8Array(book.accounts.count);
    for (const values of movesAt(distance)) dueAccounts(values).forEach((is, row) => (due[row]! |= is));
    return due;
  };
  const byRung = rungs.map(({ at }) => dueAt(at));
  const atTarget = dueAt(cureTarget);
  const distances = openDistances(book, deviations);
  const shared = movesAt(cureTarget).map((values): SharedPrices => ({
    ...{ prices: values, volatilityFactor: values.volatilityFactor, exactAnswers: values.exactAnswers },
  }));
  return {
    meets: meetsMoves(shared),
    rungOf: (row) => rungs.findLast((_, place) => byRung[place]![row] === 1),
    isAtTarget: (row) => atTarget[row] === 0,
    measured: (row) =>
      distances(row).reduce(
        (least, one) => Math.min(least, one.deviations ?? Number.MAX_VALUE),
        Number.MAX_VALUE,
      ),
    reasonOf: (row) => {
      const missing = referencesOf(book, row)
        .map((at) => book.references[at]!.symbol)
        .filter((one) => !deviations.has(one));
      return missing.length === 0 ? undefined : `no prices say how much ${missing.join(', ')} moves`;
    },
  };
}
