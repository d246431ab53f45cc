import { feedsOfTerms } from './named-feeds.ts';

test('terms name the feeds of their oracle, and silence leaves those before', () => {
  expect(feedsOfTerms({ form: 'reserve', oracle: { form: 'feed', feed: 'a' } })).toEqual(['a']);
  const ratio = { form: 'ratio', base: ['a', 'b'], quote: ['a'], scaleFactor: 1n } as const;
  expect(feedsOfTerms({ form: 'pair', oracle: ratio })).toEqual(['a', 'b']);
  expect(feedsOfTerms({ form: 'money-market', oracle: { form: 'constant', usdWad: 1n } })).toEqual([]);
  expect(feedsOfTerms({ form: 'perpetual', feed: 'c' })).toEqual(['c']);
  expect(feedsOfTerms({ form: 'reserve', isPaused: true })).toBeUndefined();
});
