import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Address, Fact } from '@undertow/market';
import { toldOnce } from './told-once.ts';

const key = { chainId: 1, block: 9, logIndex: SNAPSHOT_LOG_INDEX, time: 90 };
const [alice, bob, fund] = ['1', '2', 'f'].map((digit): Address => `0x${digit.repeat(40)}`) as [
  Address,
  Address,
  Address,
];
const numbered = (facts: readonly Omit<Fact, 'part'>[]) =>
  facts.map((fact, part) => ({ ...fact, part }) as Fact);
const leg = (owner: Address, sharesDelta: bigint) =>
  ({ ...key, kind: 'LegChanged', venue: 'v', market: 'm', owner, side: 'debt', sharesDelta }) as const;
const quarantined = (reason: string) =>
  ({ ...key, kind: 'Quarantined', source: 'v', reason, topics: [], data: '0x' }) as const;
const moved = {
  ...key,
  kind: 'FundMoved',
  venue: 'v',
  fund: 'reserves',
  asset: alice,
  amountDelta: 3n,
} as const;

test('what every batch tells again is told once, and each owner too', () => {
  const told = toldOnce();
  const first = numbered([moved, leg(alice, 5n), leg(fund, 7n)]);
  expect(told(first, [alice])).toEqual(first);
  const second = numbered([moved, leg(bob, 5n), leg(fund, 7n)]);
  expect(told(second, [bob])).toEqual([second[1]]);
  expect(told(numbered([moved, leg(fund, 7n)]), [fund])).toEqual([]);
});

test('an owner that was asked for is not told again with those who come after', () => {
  const told = toldOnce();
  expect(told(numbered([moved, leg(fund, 7n)]), [fund])).toHaveLength(2);
  expect(told(numbered([moved, leg(fund, 7n), leg(bob, 5n)]), [bob])).toMatchObject([leg(bob, 5n)]);
});

test('what could not be read of an owner is kept from whatever batch it is in', () => {
  const told = toldOnce();
  const code = quarantined('the code is another');
  expect(told(numbered([code]), [alice])).toHaveLength(1);
  const of = quarantined('an owner owes more than is shown');
  expect(told(numbered([code, of]), [bob])).toMatchObject([of]);
});

test('two things that an owner says alike are both kept', () => {
  const twice = numbered([leg(alice, 5n), leg(alice, 5n)]);
  expect(toldOnce()(twice, [alice])).toEqual(twice);
});
