import { writeLink, type Order, type ReadLink } from '../scenario/link.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { writeAdvice } from '../sections/advice-form/choice.ts';
import { writeCapUpdate } from '../sections/cap-update/choice.ts';
import { writeReports } from '../sections/report-form/choice.ts';
import { writeSweep } from '../sections/sweep-plan/sweep-choice.ts';
import type { State } from './state.ts';

/** What every link within the page carries along: the query that holds all that is chosen. */
export function carriedBy(state: State): string {
  const { measure, moves, settings, overrides, pinned, isChosen, other } = state;
  // A choice that the page made by itself stays out.
  return writeLink({
    measure,
    moves: isChosen ? moves : undefined,
    settings,
    overrides,
    block: pinned,
    other,
  });
}

/** The address of a scenario, with all else that is chosen as it is. */
export function scenarioAddress(
  state: State,
  { moves, settings, overrides, other }: Partial<Scenario> & Pick<Partial<State>, 'other'>,
): string {
  const query = writeLink({
    ...{ measure: state.measure, block: state.pinned, other: other ?? state.other },
    moves: moves ?? state.moves,
    settings: settings ?? state.settings,
    overrides: overrides ?? state.overrides,
  });
  return `/scenario${withOwn(query, state)}`;
}

/** The address that says all that is on screen, with what only its page has. */
export const addressOf = (state: State): string => state.at.path + withOwn(state.carried, state);

/** A query with what only the page on screen has: which part of an answer is shown, which accounts are listed, which update is played, which plan is chosen, which advice is shown, which reports are looked for. */
function withOwn(
  query: string,
  { at, tab, accountChoice, capUpdate, sweep, advice, reports }: State,
): string {
  const own: string[] = [];
  if (at.page === 'scenario' && tab !== undefined) own.push(`tab=${tab}`);
  if (at.page === 'accounts' && accountChoice.venue !== undefined)
    own.push(`venue=${encodeURIComponent(accountChoice.venue)}`);
  const order = orderOf(accountChoice);
  if ((at.page === 'accounts' || at.page === 'venue') && order !== 'risk') own.push(`order=${order}`);
  if (at.page === 'oracles' && capUpdate !== undefined) own.push(...writeCapUpdate(capUpdate));
  if (at.page === 'sweep') own.push(...writeSweep(sweep));
  if (at.page === 'advice') own.push(...writeAdvice(advice));
  if (at.page === 'reports') own.push(...writeReports(reports));
  if (at.page === 'reports' && reports.kind === 'proposal')
    own.push(...writeAdvice({ ...advice, chosen: undefined, judged: undefined }));
  if (own.length === 0) return query;
  return `${query === '' ? '?' : `${query}&`}${own.join('&')}`;
}

/** How an address says which accounts are listed. */
const orderOf = ({ isAtRisk, orderBy }: State['accountChoice']): Order =>
  isAtRisk ? (orderBy === 'debt' ? 'debt' : 'risk') : 'all';

/** The choice of accounts that an address says. */
export const choiceIn = ({ venue, order }: Pick<ReadLink, 'venue' | 'order'>) => ({
  ...{ venue, isAtRisk: order !== 'all' },
  orderBy: order === 'risk' ? ('health' as const) : ('debt' as const),
});
