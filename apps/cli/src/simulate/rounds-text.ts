import type { CascadeResult, Round } from '@undertow/cascade';
import { count, money } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';

/** Rounds that are all printed; of more the first and the last. */
const FEW = 15;
const FIRST = 8;
const LAST = 3;

/** One line of the table: a round, or many in the middle added up. */
interface RoundLine extends Pick<Round, 'calls' | 'liquidatedUsd' | 'repaidUsd' | 'badDebtUsd'> {
  readonly name: string;
  /** Undefined of several rounds: the same account may be in each. */
  readonly accounts: number | undefined;
}

/** What each round did; of hundreds the first and the last, and the rest added up. */
export function roundsText({ rounds }: CascadeResult): string {
  return figureTable(linesOf(rounds), {
    title: 'Rounds, USD at the oracle prices of each; bad debt before funds, at the final prices',
    columns: [
      { head: 'Round', of: ({ name }) => name },
      { head: 'Calls', of: ({ calls }) => count(calls) },
      { head: 'Accounts', of: ({ accounts }) => (accounts === undefined ? '…' : count(accounts)) },
      { head: 'Liquidated', of: ({ liquidatedUsd }) => money(liquidatedUsd) },
      { head: 'Repaid', of: ({ repaidUsd }) => money(repaidUsd) },
      { head: 'Bad debt', of: ({ badDebtUsd }) => money(badDebtUsd) },
    ],
  });
}

function linesOf(rounds: readonly Round[]): RoundLine[] {
  if (rounds.length <= FEW) return rounds.map(lineOf);
  const middle = rounds.slice(FIRST, -LAST);
  const sum = (of: (round: Round) => number) => middle.reduce((all, round) => all + of(round), 0);
  const between: RoundLine = {
    name: `${middle[0]!.index} – ${middle.at(-1)!.index}`,
    calls: sum(({ calls }) => calls),
    accounts: undefined,
    liquidatedUsd: sum(({ liquidatedUsd }) => liquidatedUsd),
    repaidUsd: sum(({ repaidUsd }) => repaidUsd),
    badDebtUsd: sum(({ badDebtUsd }) => badDebtUsd),
  };
  return [...rounds.slice(0, FIRST).map(lineOf), between, ...rounds.slice(-LAST).map(lineOf)];
}

const lineOf = (round: Round): RoundLine => ({ ...round, name: String(round.index) });
