import type { Address, Fact } from '@undertow/market';
import { SeenOwners } from './seen-owners.ts';

const [alice, bob]: Address[] = [`0x${'1'.repeat(40)}`, `0x${'2'.repeat(40)}`] as const;
const key = { chainId: 1, block: 2, logIndex: 3, part: 0, time: 4, venue: 'v' };
const facts: readonly Fact[] = [
  { ...key, kind: 'LegChanged', market: 'supplied', owner: alice!, side: 'collateral', sharesDelta: 1n },
  {
    ...{ ...key, kind: 'PositionChanged', market: 'borrowed', owner: alice!, position: '' },
    change: { form: 'indexed-debt', principal: 5n },
  },
  { ...key, kind: 'CategoryChosen', owner: bob!, category: 1 },
  { ...key, kind: 'TermsChanged', market: 'supplied', patch: { form: 'money-market' } },
  {
    ...{ ...key, kind: 'PositionChanged', venue: 'w', market: 'strike:1', owner: bob!, position: '7' },
    change: { form: 'option', closed: true },
  },
];

test('owners are seen by whatever they have, each in the markets where it is', () => {
  const seen = new SeenOwners();
  seen.see(facts);
  expect(seen.of('v')).toEqual([alice, bob]);
  expect(seen.of('w')).toEqual([bob]);
  expect(seen.of('x')).toEqual([]);
  const marketsOf = seen.marketsOf('v');
  expect(marketsOf(alice!)).toEqual(['supplied', 'borrowed']);
  expect(marketsOf(bob!)).toEqual(['category:1']);
  expect(seen.marketsOf('w')(alice!)).toEqual([]);
  expect(seen.count).toBe(3);
});

test('what was seen survives being stored', () => {
  const seen = new SeenOwners();
  seen.see(facts);
  const again = new SeenOwners(JSON.parse(JSON.stringify(seen.toJson())));
  expect(again.toJson()).toEqual(seen.toJson());
  expect(again.marketsOf('v')(alice!)).toEqual(['supplied', 'borrowed']);
});
