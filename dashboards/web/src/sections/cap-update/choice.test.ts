import fc from 'fast-check';
import { addressOf } from '../../frame/carried.ts';
import { openingState } from '../../frame/state.ts';
import { readLink } from '../../scenario/link.ts';
import { capUpdateOf } from './choice.ts';

const at = (page: string) => ({ at: { page, path: `/${page}`, parts: {} } });

test('an update that is played is in the address of its page alone, and is read from it again', () => {
  const choice = fc.record({
    oracle: fc.constantFrom('0x12', 'Capped wstETH / stETH(ETH) / USD', 'a&b=c+d'),
    ratio: fc.integer({ min: 1, max: 1e9 }).map((value) => value / 1e6),
    since: fc.integer({ min: 0, max: 4e9 }),
    mostChange: fc.option(
      fc.integer({ min: 0, max: 1_000 }).map((value) => value / 1_000),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(choice, (capUpdate) => {
      const state = { ...openingState(0), capUpdate };
      const [, query = ''] = addressOf({ ...state, ...at('oracles') }).split('?');
      expect(readLink(query)).toMatchObject({ capUpdate, problems: [] });
      expect(addressOf({ ...state, ...at('system') })).toBe('/system');
    }),
  );
});

test.each([
  ['cap=&ratio=1&since=0', /it needs the oracle/],
  ['cap=x&since=0', /the rate is what one unit is redeemed for/],
  ['cap=x&ratio=-1&since=0', /above 0/],
  ['cap=x&ratio=1&since=yesterday', /the time is when the token had that rate, such as 2026-03-03T12:00/],
  ['cap=x&ratio=1&since=0&change=3', /from 0 to 1/],
  ['ratio=1', /it needs the oracle/],
])('%s cannot be read, and says why', (query, why) => {
  const { capUpdate, problems } = readLink(query);
  expect(capUpdate).toBeUndefined();
  expect(problems).toEqual([expect.stringMatching(why)]);
});

test('times are in UTC, with or without a time of the day, or unix seconds', () => {
  const sinceOf = (since: string) => {
    const found = capUpdateOf({ oracle: 'x', ratio: '1', since, mostChange: '' });
    return 'why' in found ? found.why : found.since;
  };
  const noon = Date.UTC(2026, 2, 3, 12) / 1_000;
  expect(['2026-03-03T12:00', '2026-03-03 12:00:00', '2026-03-03T12:00Z', String(noon)].map(sinceOf)).toEqual(
    [...[noon, noon, noon, noon]],
  );
  expect(sinceOf('2026-03-03')).toBe(noon - 43_200);
});
