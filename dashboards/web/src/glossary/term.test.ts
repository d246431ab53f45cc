import { windows } from '../../test-server/all-pages.ts';
import { toyState } from '../../test-server/toy-state.ts';
import type { Child, Markup } from '../markup/element.ts';
import { toHtml } from '../markup/to-html.ts';
import { meaningCard } from './meaning-card.ts';
import { MEANINGS } from './meanings.ts';
import { term, termMark, wordOf } from './term.ts';
import { WORDS } from './words.ts';

const within = (child: Child): Markup[] =>
  typeof child === 'string' ? [] : [child, ...child.children.flatMap(within)];

let all: Markup[];
beforeAll(async () => {
  const state = await toyState(1_795_175_400);
  all = (await windows(state)).flat().flatMap(within);
});

test('every word that can be pressed on a page is one of the glossary, and has a meaning there', () => {
  const pressed = all.filter(({ attributes }) => attributes['data-act'] === 'explain');
  expect(pressed.length).toBeGreaterThan(20);
  for (const { attributes } of pressed) {
    const word = String(attributes['data-word']);
    expect(WORDS).toContain(word);
    expect(MEANINGS.find(({ words }) => words.includes(word))?.text.length).toBeGreaterThan(0);
  }
});

test('every heading of a table that is a word of the glossary says what it means', () => {
  const heads = all.filter(
    ({ attributes }) => attributes['role'] === 'columnheader' && attributes['scope'] === 'col',
  );
  const [words, others] = [new Set<string>(), new Set<string>()];
  for (const head of heads) {
    const name = head.children.flatMap(within).find(({ attributes }) => attributes['data-act'] !== 'explain');
    const heading = name?.children.join('') ?? '';
    const word = wordOf(heading);
    const marks = head.children
      .flatMap(within)
      .some(({ attributes }) => attributes['data-act'] === 'explain');
    (word === undefined ? others : words).add(heading);
    expect([heading, marks]).toEqual([heading, word !== undefined]);
  }
  for (const heading of [
    'Venue',
    'Accounts',
    'Collateral',
    'Bad debt',
    'Shortfall',
    'Stuck',
    'Health factor',
  ])
    expect([...words]).toContain(heading);
  expect([...others]).toContain('Owner');
});

test('a heading is a word whatever its case, and in many too', () => {
  expect(['Health factor', 'Accounts', 'Owner', 'Bad debt'].map(wordOf)).toEqual([
    ...['health factor', 'account', undefined, 'bad debt'],
  ]);
  expect(termMark('Owner')).toBeUndefined();
});

test('a word is a button that opens the one popover of meanings', () => {
  expect(toHtml(term('bad debt', 'Bad debt'))).toBe(
    '<button type="button" data-act="explain" data-word="bad debt" popovertarget="meaning" popovertargetaction="show" class="word">Bad debt</button>',
  );
  const html = toHtml(
    meaningCard({ explained: { word: 'bad debt', text: ['one ', { code: '<two>' }] }, carried: '?block=3' }),
  );
  expect(html).toMatch(/^<div id="meaning" class="card menu meaning" popover="auto" role="dialog"/);
  expect(html).toContain(
    '<b>bad debt</b><p>one <code>&lt;two&gt;</code></p><a href="/data?block=3#word-bad-debt">All words</a>',
  );
});
