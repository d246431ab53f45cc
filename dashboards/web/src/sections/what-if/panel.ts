import { count, counted, usd } from '../../format/number.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { address } from '../../frame/address.ts';
import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { cascade } from '../cascade/asked.ts';
import { venueColumn } from '../venues/column.ts';
import { whatIf } from './asked.ts';
import { comparedTotals, comparedVenues, isSame } from './compare.ts';
import { compareTable } from './compare-table.ts';
import type { WhatIf } from './load.ts';

/** Whom a change of terms alone makes liquidatable, loudly; nothing while none is changed. */
export function madeDuePart(state: State): Piece {
  return part(state, 'made-due-part', madeDue);
}

/** The cascade before and after a change of terms; nothing while none is changed. */
export function comparisonPart(state: State): Piece {
  return part(state, 'what-if', sides);
}

function part(state: State, id: string, draw: (state: State, value: WhatIf) => Piece): Piece {
  if (state.overrides.length === 0) return undefined;
  const { value, problem, isOpening } = answerOf(state, whatIf);
  // What was compared before is of other terms.
  const known = isOpening ? undefined : value;
  // The sections around it have told what the cascade under the same terms was refused for.
  const isTold = problem !== undefined && problem.message === answerOf(state, cascade).problem?.message;
  return element(
    'div',
    { class: 'what-if', key: id, id, 'aria-busy': isOpening ? 'true' : 'false' },
    problem !== undefined && !isTold && element('p', { class: 'problem', key: 'problem' }, problem.message),
    known === undefined
      ? problem === undefined && element('p', { class: 'waiting', key: 'waiting' }, 'Comparing…')
      : draw(state, known),
  );
}

function sides(state: State, value: WhatIf): Piece {
  return [
    element(
      'p',
      { key: 'changed', class: 'changed' },
      element('b', {}, 'Changed: '),
      `${value.overrides.join('; ')}.`,
    ),
    value.withoutEffect.length > 0 &&
      element(
        'p',
        { class: 'problem', key: 'quiet' },
        `Caps and loan-to-value limit new borrowing only, and nobody borrows in a cascade: ${value.withoutEffect.join('; ')} changes no figure here, so that no difference is no result about it.`,
      ),
    element(
      'div',
      { class: 'sides', key: 'sides' },
      side('Before the change', value.before.headline),
      side('After the change', value.after.headline),
    ),
    comparison(state, value),
  ];
}

const side = (title: string, headline: string): Markup =>
  element('div', { key: title }, element('h3', {}, title), element('p', {}, headline));

function madeDue(state: State, { madeDueAccounts, madeDueUsd, madeDue: accounts }: WhatIf): Piece {
  if (madeDueAccounts === 0)
    return element(
      'p',
      { class: 'banner', key: 'nobody' },
      'The change alone makes nobody liquidatable at present prices.',
    );
  const they = madeDueAccounts === 1 ? 'it owes' : 'together they owe';
  const shown =
    accounts.length < madeDueAccounts
      ? `The ${count(accounts.length)} with the largest debt of ${count(madeDueAccounts)} accounts`
      : 'The accounts';
  return element(
    'div',
    { class: 'banner danger', role: 'alert', key: 'made-due' },
    element('b', {}, `The change alone makes ${counted(madeDueAccounts, 'account')} liquidatable`),
    `, at present prices and before any shock: ${they} ${usd(madeDueUsd)}.`,
    element(
      'details',
      { key: 'who', id: 'made-due' },
      element('summary', {}, 'Who'),
      table(
        accounts,
        {
          id: 'made-due',
          caption: `${shown} made liquidatable by the change alone`,
          columns: [
            { name: 'Owner', value: ({ owner }) => owner, cell: ({ owner }) => address(owner, state) },
            venueColumn(),
            { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
            { name: 'Health before', unit: 'health', value: ({ healthBefore }) => healthBefore },
            { name: 'After', unit: 'health', value: ({ healthAfter }) => healthAfter },
          ],
          keyOf: ({ venue, owner, market }) => `${venue} ${market} ${owner}`,
        },
        state,
      ),
    ),
  );
}

function comparison(state: State, { before, after }: WhatIf): Piece {
  const [totals, venues] = [comparedTotals(before, after), comparedVenues(before, after)];
  return [
    isSame(totals) &&
      element('p', { class: 'source', key: 'same' }, 'The change makes no difference to these figures.'),
    compareTable(state, totals, {
      ...{ id: 'what-if', caption: 'The same cascade before and after the change' },
      ...CHANGED,
    }),
    element(
      'details',
      { key: 'venues', id: 'what-if-venues' },
      element('summary', {}, 'By venue'),
      compareTable(state, venues, {
        ...{ id: 'what-if-venues', caption: 'By venue, before and after the change' },
        ...CHANGED,
      }),
    ),
  ];
}

const CHANGED = { before: 'Before', after: 'After' };
