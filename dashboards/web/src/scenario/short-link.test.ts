import fc from 'fast-check';
import { DEFAULT_SETTINGS, DEPOSITORS, LIQUIDATORS, ORACLES, type Settings } from './scenario.ts';
import { queryOfShort, readShort, writeShort, type ShortScenario } from './short-link.ts';

const HASH = `0x1a2b3c${'0'.repeat(58)}`;
const plain: ShortScenario = {
  ...{ moves: [{ what: 'ETH', move: -0.3 }], settings: DEFAULT_SETTINGS, overrides: [] },
  ...{ block: 23_000_000, hash: HASH },
};

const ratio = fc.oneof(
  fc.double({ min: -0.999, max: 1_000, noNaN: true }).map((value) => value + 0),
  fc.constantFrom(-0.3, 0.2, 1e-7, -1.5e-9, 3),
);
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
const settings = fc
  .record({
    ...{ volatility: ratio, depth: positive, liquidators: fc.constantFrom(...LIQUIDATORS) },
    ...{ gasUsd: fc.oneof(fc.constant(0), positive), capitalUsd: positive },
    ...{ oracles: fc.constantFrom(...ORACLES), depositors: fc.constantFrom(...DEPOSITORS) },
  })
  // What does not count with those liquidators is not part of an address.
  .map((one): Settings => ({
    ...one,
    gasUsd: one.liquidators === 'unlimited' ? DEFAULT_SETTINGS.gasUsd : one.gasUsd,
    capitalUsd: one.liquidators === 'capital' ? one.capitalUsd : DEFAULT_SETTINGS.capitalUsd,
  }));
const what = fc.oneof(
  fc.constantFrom(
    'WETH',
    'USD₮0',
    'a+b&c=d',
    '*u',
    '!x',
    '~',
    'A-1',
    'A-1z7',
    'LP:x,y',
    '%2C',
    '<b>',
    '../..',
  ),
  fc.constantFrom('oracle:aave-v3@devnet/wstETH', 'feed:ETH / USD', 'landed:WBTC'),
);
const scenario = fc.record({
  moves: fc.uniqueArray(fc.record({ what, move: ratio }), { selector: (one) => one.what, maxLength: 5 }),
  settings,
  overrides: fc.array(
    fc.constantFrom('aave-v3@devnet WETH liquidationThreshold=0.8', 'a@b ~x! oracle=cap(1.04)'),
    { maxLength: 3 },
  ),
  block: fc.nat(),
  hash: fc.constant(HASH),
});

test('reading a short address gives the same scenario back, to the last bit, and it stands in a path as it is', () => {
  fc.assert(
    fc.property(scenario, (of) => {
      const text = writeShort(of);
      expect(readShort(text)).toEqual({ ...of, hash: '1a2b3c' });
      expect(new URL(`http://x/s/${text}`).pathname).toBe(`/s/${text}`);
      expect(text).not.toMatch(/[/?#\s]/);
    }),
  );
});

test('one move takes 24 characters, and a dozen settings no more than the query does', () => {
  expect(writeShort(plain)).toBe('1~doyww@1a2b3c~ETH-.3');
  expect(`/s/${writeShort(plain)}`).toHaveLength(24);
  const full: ShortScenario = {
    ...plain,
    moves: [...plain.moves, { what: 'BTC', move: -0.25 }, { what: 'oracle:wstETH', move: -0.03 }],
    settings: { ...DEFAULT_SETTINGS, depth: 0.5, liquidators: 'capital', capitalUsd: 5e6, oracles: 'within' },
  };
  expect(writeShort(full).length).toBeLessThan(queryOfShort(full).length);
});

test('what is no short address is none, and says nothing', () => {
  for (const text of [
    ...['', '2~dp0@1a2b3c~ETH-.3', '1', '1~', '1~dp0~ETH-.3', '1~dp0@xyz~ETH-.3', '1~zzzzzzzzzz@~ETH-.3'],
    ...['1~dp0@1a2b3c~ETH', '1~dp0@1a2b3c~ETH-1', '1~dp0@1a2b3c~ETH-.3~ETH-.4', '1~dp0@1a2b3c~*x1'],
    ...[
      '1~dp0@1a2b3c~*d0',
      '1~dp0@1a2b3c~*d',
      '1~dp0@1a2b3c~!nothing',
      '1~dp0@1a2b3c~*__proto__1',
      '<script>',
    ],
  ])
    expect([text, readShort(text)]).toEqual([text, undefined]);
});
