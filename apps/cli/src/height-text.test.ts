import { heightText } from './height-text.ts';

test('a book of tables has no block', () => {
  expect(heightText({ block: 7, chainId: 1 })).toBe('Block 7 of chain 1');
  expect(heightText({ block: 0, chainId: 1 })).toBe('A book of tables of chain 1');
  expect(heightText({ block: 0, chainId: 0 })).toBe('A book of tables');
});
