import { element } from '../../markup/element.ts';
import { toHtml } from '../../markup/to-html.ts';
import { openingState, type State } from '../../frame/state.ts';
import { STATUS, type Status } from './load.ts';
import { gapLists } from './gap-lists.ts';
import { header } from './header.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';

let status: Status;
beforeAll(async () => ({ status } = await toyAnswer<{ status: Status }>(STATUS)));

/** The coverage button, with plain spaces. */
function button(share: number, debts: readonly (number | null)[]): string {
  const gaps = debts.map((debtUsd) => ({
    source: 'GHO',
    reason: 'no feed',
    count: 1,
    unit: 'asset' as const,
    debtUsd,
  }));
  const value = { ...status, coverage: { ...status.coverage, share, gaps } };
  const state: State = {
    ...openingState(1_795_175_400),
    answers: { status: { value, at: 1_795_175_395, problem: undefined, isOpening: false } },
  };
  const html = toHtml(header(state, [])).replaceAll('\u202f', ' ');
  return /<button[^>]*class="coverage.*?<\/button>/s.exec(html)?.[0] ?? '';
}

const text = (html: string) => html.replace(/<[^>]*>/g, '');

test('gaps without a value stand beside the share, which cannot count them', () => {
  const shown = button(1, [null, 5, null]);
  expect(text(shown)).toBe('Coverage 100 % + 2 not valued');
  expect(shown).toContain(
    'aria-label="Coverage 100 % + 2 not valued: the share of the valued debt, and 2 gaps without a value"',
  );
  expect(shown).toContain('partial');
  expect(button(1, [null])).toContain('and 1 gap without a value"');
});

test('what is valued but not modelled is listed apart from what has no value', () => {
  const gaps = [
    { source: 'perp-v2', reason: 'not modelled', count: 18, unit: 'account' as const, debtUsd: 607_201 },
    { source: 'GHO', reason: 'no feed', count: 1, unit: 'asset' as const, debtUsd: null },
  ];
  expect(text(toHtml(element('div', {}, gapLists(gaps))))).toBe(
    'Valued, but not modelled (1)perp-v2 – not modelled (18 accounts, $607K debt)' +
      'Not valued, so in no share (1)GHO – no feed (1 asset)',
  );
  expect(gapLists([])).toEqual([undefined, undefined]);
});

test('without them the share says it all', () => {
  expect(text(button(1, []))).toBe('Coverage 100 %');
  expect(button(1, [])).not.toMatch(/aria-label|partial/);
  expect(text(button(0.5, [5]))).toBe('Coverage 50 %');
  expect(button(0.5, [5])).toContain('partial');
});

test('the address of what is on screen can be copied on every page', () => {
  const html = toHtml(header(openingState(1_795_175_400), []));
  expect(html).toMatch(/data-act="copy-link"[^>]*>Copy link/);
});
