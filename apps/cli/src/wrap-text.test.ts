import { clipText, wrapText } from './wrap-text.ts';

test('lines break between words; what has no blank stays whole', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('one two three', 100)).toEqual(['one two three']);
  expect(wrapText('extraordinary a b', 3)).toEqual(['extraordinary', 'a b']);
});

test('what is cut off is marked, and no character is halved', () => {
  expect(clipText('short', 5)).toBe('short');
  expect(clipText('longer', 5)).toBe('long…');
  expect(clipText('a💧💧💧', 3)).toBe('a💧…');
});
