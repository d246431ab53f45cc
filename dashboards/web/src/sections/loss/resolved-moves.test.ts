import { movesInWords } from './resolved-moves.ts';

const moved = (symbol: string, reference: string, marketMove: number, oracleMoves = [marketMove]) => ({
  ...{ asset: { address: `0x${symbol}`, symbol }, reference, marketMove, oracleMoves },
});
const scenario = (what: string, move: number) => ({
  ...{ moves: [{ what, move }], volatilityMove: 0, depthFactor: 1, liquidators: 'rational' as const },
  ...{ gasUsd: 0, capitalUsd: null, oracles: 'between' as const, depositors: 'sell' as const },
});
const plain = (text: string) => text.replaceAll('\u202f', ' ');
const words = (of: Parameters<typeof movesInWords>[0]) => {
  const { families, rest } = movesInWords(of);
  return [...families, ...rest].map(plain);
};

test('a family stands together behind its reference, what stays is counted', () => {
  const moves = [
    moved('WETH', 'ETH', -0.3),
    moved('wstETH', 'ETH', -0.3),
    moved('WBTC', 'BTC', 0),
    moved('USDC', 'USD', 0),
  ];
  expect(words({ scenario: scenario('ETH', -0.3), moves })).toEqual([
    'ETH −30 %: WETH −30 %, wstETH −30 %',
    '2 other assets stay where they are.',
  ]);
});

test('a depeg that no oracle follows, an oracle whose market stays, and a token that nobody prices', () => {
  const moves = [
    moved('wstETH', 'ETH', -0.1, [0]),
    moved('rETH', 'ETH', 0, [-0.03]),
    moved('xETH', 'ETH', -0.1, []),
    moved('cbETH', 'ETH', -0.1, [-0.1, -0.05]),
  ];
  expect(words({ scenario: scenario('wstETH', -0.1), moves })).toEqual([
    'ETH: wstETH −10 % (no oracle follows); rETH oracle −3 % (its market stays); xETH −10 % (no venue prices it); cbETH −10 % (oracles −10 % and −5 %)',
    'Where no oracle follows, nobody becomes due by the move: what is lost there is a shortfall at market prices.',
  ]);
});

test('many that move alike are counted after eight', () => {
  const moves = Array.from({ length: 10 }, (_, i) => moved(`T${i}`, 'ETH', -0.2));
  expect(words({ scenario: scenario('ETH', -0.2), moves })[0]).toMatch(
    /^ETH −20 %: T0, .*, T7 and 2 more −20 %$/,
  );
});

test('nothing moves', () => {
  expect(words({ scenario: { ...scenario('', 0), moves: [] }, moves: [moved('WETH', 'ETH', 0)] })).toEqual([
    '1 asset stays where it is.',
  ]);
});
