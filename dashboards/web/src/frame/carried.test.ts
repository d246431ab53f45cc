import { addressOf, choiceIn } from './carried.ts';
import { openingState, type State } from './state.ts';
import { readLink } from '../scenario/link.ts';

const on = (page: string, path: string, change: Partial<State> = {}): State => ({
  ...{ ...openingState(0), carried: '?block=7', ...change },
  at: { page, path, parts: {} },
});

test('what only a page has is in its address, and in no other', () => {
  const choice = { ...openingState(0).accountChoice, venue: 'aave-v3@devnet', isAtRisk: false } as const;
  const change: Partial<State> = { accountChoice: { ...choice, orderBy: 'debt' }, tab: 'hit' };
  expect(addressOf(on('accounts', '/accounts', change))).toBe(
    '/accounts?block=7&venue=aave-v3%40devnet&order=all',
  );
  expect(addressOf(on('scenario', '/scenario', change))).toBe('/scenario?block=7&tab=hit');
  expect(addressOf(on('system', '/system', change))).toBe('/system?block=7');
});

test.each([
  ['health', true],
  ['debt', true],
  ['debt', false],
] as const)('accounts by %s, at risk: %s, are listed again by their address', (orderBy, isAtRisk) => {
  const accountChoice = { first: 25, venue: 'a b&c', orderBy, isAtRisk };
  const [, query = ''] = addressOf(on('accounts', '/accounts', { accountChoice })).split('?');
  expect({ first: 25, ...choiceIn(readLink(query)) }).toEqual(accountChoice);
});
