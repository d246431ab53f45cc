import { answerOf } from '../../frame/asked.ts';
import { accountPath, venuePath } from '../../frame/paths.ts';
import type { State } from '../../frame/state.ts';
import { count, counted, health, share, usd } from '../../format/number.ts';
import { inWords } from '../../format/words.ts';
import { venueName } from '../../format/venue.ts';
import { incidents } from '../incidents/asked.ts';
import { status } from '../status/asked.ts';
import { venues } from '../venues/asked.ts';
import { nearest } from './asked.ts';

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

/** Gaps that are named; more are counted. */
const MOST_GAPS = 3;

/** What somebody should look at now, the most urgent first: limits that are broken, accounts that are due, what is not seen. */
export function itemsOf(state: State): Item[] {
  return [
    ...trust(state),
    ...openIncidents(state),
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

/** The one that stands nearest to the line, where none is over it. */
function nearAccounts(state: State): Item[] {
  const [first] = answerOf(state, nearest).value?.nodes ?? [];
  if (!first || first.healthFactor < 1 || first.healthFactor > NEAR) return [];
  return [
    {
      ...{ key: 'near', level: 'warn', path: accountPath(first.owner) },
      words: `An account at ${venueName(first.venue)} is near the line`,
      more: `health factor ${health(first.healthFactor)}, ${usd(first.debtUsd)} owed`,
    },
  ];
}

/** A fall of this much less than 5 % makes it due. */
const NEAR = 1.05;

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
