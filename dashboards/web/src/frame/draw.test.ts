import { toHtml } from '../markup/to-html.ts';
import { drawing } from './draw.ts';
import type { Page, Section } from './page.ts';
import { openingState } from './state.ts';

test('a section that cannot be drawn says so, and the others are drawn', () => {
  const well: Section = { key: 'well', asks: [], view: () => 'all is well here' };
  const ill: Section = {
    key: 'ill',
    asks: [],
    view() {
      throw new Error('an answer that nobody thought of');
    },
  };
  const page: Page = {
    title: () => 'Two',
    sections: [ill, well],
    layout: (show) => [show(ill), show(well)],
  };
  const heard: unknown[] = [];
  const draw = drawing([], (cause) => heard.push(cause));
  const state = {
    ...openingState(1_795_175_400),
    at: { page: 'two', path: '/two', parts: {} },
    pageIs: 'here' as const,
  };
  const html = draw(state, page).map(toHtml).join('');
  expect(html).toContain('cannot be drawn: an answer that nobody thought of');
  expect(html).toContain('all is well here');
  expect(heard).toEqual([new Error('an answer that nobody thought of')]);
});
