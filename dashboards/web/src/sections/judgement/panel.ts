import { answerOf } from '../../frame/asked.ts';
import { boxed, whyNotTaken } from '../../frame/rejected.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { askedByTexts } from '../advice-form/question.ts';
import { lossesTable, madeDueTable } from '../advice-one/evidence-tables.ts';
import { sentences } from '../advice-one/words.ts';
import { judgement as asked } from './asked.ts';
import type { Judgement } from './load.ts';

/** What the box says when its text was not taken. */
export const JUDGE_BOX = 'change to judge';

const TYPED = 'the change that was typed';

/** A change that somebody types, held against what the form tolerates. */
export function judgementPanel(state: State): Markup {
  const { judged, texts } = state.advice;
  const question = askedByTexts(texts);
  const loaded = answerOf(state, asked);
  const isAsked = judged !== undefined && !('why' in question);
  return section({
    id: 'judgement',
    title: 'A value of your own',
    loaded: isAsked ? loaded : { ...loaded, value: undefined, problem: undefined, isOpening: false },
    now: state.now,
    lead: [
      element(
        'p',
        { class: 'lead', key: 'lead' },
        'Type a change of terms: whom it lets be liquidated, and whether what is lost stays within the tolerance of the form.',
      ),
      box(state),
    ],
    waiting:
      'why' in question
        ? `The form cannot be read: ${question.why}`
        : isAsked
          ? 'Running its scenarios…'
          : 'Nothing is typed yet.',
    body: (value) => body(state, value),
  });
}

function box({ advice: { judged }, rejected }: State): Markup {
  return element(
    'form',
    { class: 'sweep-plan', 'data-act': 'judge-change', key: 'form', novalidate: true },
    element(
      'label',
      { class: 'field', key: 'judge' },
      element('span', {}, 'Change'),
      element('input', {
        ...{ name: 'judge', autocomplete: 'off', ...boxed(rejected, JUDGE_BOX, judged ?? '') },
        placeholder: 'aave-v3@devnet WETH liquidationThreshold=0.8',
      }),
    ),
    element('div', { class: 'choices', key: 'judge-it' }, element('button', { type: 'submit' }, 'Judge it')),
    whyNotTaken(rejected, JUDGE_BOX),
  );
}

function body(
  state: State,
  { words, changes, before, after, afterIfNobodyActs, madeDue, missing }: Judgement,
): Piece {
  return [
    element('p', { class: 'source', key: 'changes' }, `Understood: ${changes.join('; ')}.`),
    sentences(words),
    before !== null &&
      lossesTable(state, { before, after, afterIfNobodyActs }, { id: 'judgement-losses', of: TYPED }),
    madeDue.accounts > 0 && madeDueTable(state, madeDue, { id: 'judgement-made-due', of: TYPED }),
    missing.length > 0 &&
      element(
        'p',
        { class: 'source', key: 'missing' },
        `Missing: ${missing.map(({ name, why, follows }) => `${name}: ${why}; ${follows}`).join('. ')}.`,
      ),
  ];
}
