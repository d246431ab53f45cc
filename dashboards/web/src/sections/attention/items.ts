import { answerOf } from '../../frame/asked.ts';
import { venuePath } from '../../frame/paths.ts';
import type { State } from '../../frame/state.ts';
import { count, counted, health, percent, share, usd } from '../../format/number.ts';
import { inWords } from '../../format/words.ts';
import { venueName } from '../../format/venue.ts';
import { flags } from '../flags/asked.ts';
import { flagTitle } from '../flags/words.ts';
import { incidents } from '../incidents/asked.ts';
import { status } from '../status/asked.ts';
import { venues } from '../venues/asked.ts';
import { nearLine } from './asked.ts';
import { NEAR_FALL } from './load.ts';

/** One thing that somebody should look at. */
export interface Item {
  readonly key: string;
  /** `bad`: now; `warn`: soon, or not known. */
  readonly level: 'bad' | 'warn';
  readonly words: string;
  readonly more: string;
  /** Where to look. */
  readonly path: string;
}

/** Gaps and flags that are named; more are counted. */
const MOST_GAPS = 3;
const MOST_FLAGS = 4;

/** What somebody should look at now, the most urgent first: limits that are broken, accounts that are due, what is not seen. */
export function itemsOf(state: State): Item[] {
  return [
    ...trust(state),
    ...openIncidents(state),
    ...openFlags(state),
    ...dueAccounts(state),
    ...nearAccounts(state),
    ...gaps(state),
  ];
}

function trust(state: State): Item[] {
  const { value } = answerOf(state, status);
  if (value?.trusted !== false) return [];
  const more = value.reason ?? 'Stored facts are known not to match the chain.';
  return [{ key: 'trust', level: 'bad', words: 'The numbers cannot be trusted', more, path: '/system' }];
}

function openIncidents(state: State): Item[] {
  const open = (answerOf(state, incidents).value ?? []).filter(({ resolved }) => !resolved);
  return open.map(({ kind, message, time }) => ({
    ...{
      key: `incident ${time} ${kind}`,
      level: 'bad',
      words: `Open incident: ${inWords(kind).toLowerCase()}`,
      more: message,
    },
    path: '/system#incidents',
  }));
}

/** Prices that are not to be trusted now: the worst, and how many more. */
function openFlags(state: State): Item[] {
  const nodes = answerOf(state, flags).value?.nodes ?? [];
  const open = nodes.filter(({ end }) => end === null);
  const named = open.slice(0, MOST_FLAGS).map((flag): Item => ({
    ...{ key: `flag ${flag.kind} ${flag.subject}`, path: '/oracles#flags' },
    level: flag.severity === 'critical' ? 'bad' : 'warn',
    words: flagTitle(flag),
    more: `${flag.reason} ${usd(flag.atStakeUsd)} hangs on it.`,
  }));
  const rest = open.slice(MOST_FLAGS);
  if (rest.length === 0) return named;
  const more = 'prices that are not to be trusted now';
  const level = rest.some(({ severity }) => severity === 'critical') ? 'bad' : 'warn';
  return [
    ...named,
    { key: 'flags', level, words: counted(rest.length, 'more flag'), more, path: '/oracles#flags' },
  ];
}

function dueAccounts(state: State): Item[] {
  const some = (answerOf(state, venues).value ?? []).filter(({ due }) => due > 0);
  return some
    .toSorted((a, b) => b.due - a.due)
    .map(({ id, due, accounts }) => ({
      ...{ key: `due ${id}`, level: 'bad', path: venuePath(id) },
      words: `${counted(due, 'account')} due at ${venueName(id)}`,
      more: `of ${count(accounts)} with debt: liquidatable at present prices`,
    }));
}

/** How many are near the line and not over it, and the largest of them. */
function nearAccounts(state: State): Item[] {
  const { totalCount = 0, nodes = [] } = answerOf(state, nearLine).value ?? {};
  const due = (answerOf(state, venues).value ?? []).reduce((sum, venue) => sum + venue.due, 0);
  const near = totalCount - due;
  const [largest] = nodes;
  if (near <= 0 || !largest) return [];
  const { venue, healthFactor, debtUsd } = largest;
  return [
    {
      ...{ key: 'near', level: 'warn', path: '/accounts' },
      words: `${counted(near, 'account')} within ${percent(-NEAR_FALL)} of the line`,
      more: `the largest owes ${usd(debtUsd)} at ${venueName(venue)}, health factor ${health(healthFactor)}`,
    },
  ];
}

function gaps(state: State): Item[] {
  const { value } = answerOf(state, status);
  if (!value || value.coverage.gaps.length === 0) return [];
  const { coverage } = value;
  const bySize = coverage.gaps.toSorted((a, b) => (b.debtUsd ?? 0) - (a.debtUsd ?? 0));
  const valued = bySize.filter(({ debtUsd }) => (debtUsd ?? 0) > 0);
  const unvalued = coverage.gaps.length - valued.length;
  const named = valued.slice(0, MOST_GAPS).map(({ source, debtUsd }) => `${source} ${usd(debtUsd)}`);
  const rest = valued.length - named.length;
  const parts = [
    ...named,
    ...(rest > 0 ? [`${rest} more`] : []),
    ...(unvalued > 0 ? [`${count(unvalued)} without a value`] : []),
  ];
  return [
    {
      ...{ key: 'gaps', level: 'warn', path: '/system#gaps' },
      words:
        coverage.share < 1
          ? `${share(1 - coverage.share)} of the debt is not in the numbers`
          : `${counted(unvalued, 'gap')} without a value`,
      more: parts.join(', '),
    },
  ];
}
