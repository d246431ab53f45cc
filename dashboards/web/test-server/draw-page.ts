import { answerOf, withAnswer, type Asked } from '../src/frame/asked.ts';
import { drawing } from '../src/frame/draw.ts';
import type { Loaded } from '../src/frame/loaded.ts';
import type { Page } from '../src/frame/page.ts';
import type { Markup } from '../src/markup/element.ts';
import type { State } from '../src/frame/state.ts';
import { toHtml } from '../src/markup/to-html.ts';
import { loadedAt } from './toy-state.ts';

/** In a test a section that cannot be drawn is an error. */
const draw = drawing([{ pages: ['overview'], path: '/', name: 'Overview' }], (cause) => {
  throw cause;
});

/** The whole window with a page in it. */
export const drawn = (page: Page, state: State): readonly Markup[] => draw(state, page);

/** The same as HTML. */
export const htmlOf = (page: Page, state: State): string => drawn(page, state).map(toHtml).join('\n');

/** What is written in it, with plain spaces. */
export const textOf = (page: Page, state: State): string =>
  htmlOf(page, state)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[ \n]+/g, ' ');

/** The state after an answer came. */
export const answered = <Value>(state: State, asked: Asked<Value>, value: Value): State => ({
  ...state,
  ...withAnswer(state, asked, loadedAt(value, state.now)),
});

/** The state in which something else is known of an answer. */
export const knowing = <Value>(state: State, asked: Asked<Value>, change: Partial<Loaded<Value>>): State => ({
  ...state,
  ...withAnswer(state, asked, { ...answerOf(state, asked), ...change }),
});
