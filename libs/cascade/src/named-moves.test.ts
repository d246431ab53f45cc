import { handMadeAddress, handMadeBook } from './fixtures/hand-made-book.ts';
import { namedMoves } from './named-moves.ts';

const book = handMadeBook(
  [
    { symbol: 'ETH', priceUsd: 1_000, decimals: 18, liquidity: 1e6 },
    { symbol: 'wstETH', priceUsd: 1_200, decimals: 18, tie: { to: 'ETH' }, oracle: 'rate' },
    { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
  ],
  [
    {
      venue: 'aave36',
      legs: [
        { asset: 'wstETH', amount: 1, threshold: 0.8 },
        { asset: 'USDC', amount: -500 },
      ],
    },
  ],
);

describe('namedMoves', () => {
  it('reads names in the order given, and one thing named twice with one move once', () => {
    const moves = namedMoves(book, [
      { what: 'oracle:wstETH', move: -0.03 },
      { what: 'ETH', move: -0.3 },
      { what: handMadeAddress(0), move: -0.3 },
    ]);
    expect(moves).toEqual([
      { kind: 'oracle', asset: handMadeAddress(1), move: -0.03 },
      { kind: 'reference', symbol: 'ETH', move: -0.3 },
    ]);
  });

  it('reads symbols in another case, as they are typed', () => {
    const moves = namedMoves(book, [
      { what: 'eth', move: -0.2 },
      { what: 'oracle:WSTETH', move: -0.03 },
      { what: 'oracle:AAVE36/usdc', move: -0.01 },
    ]);
    expect(moves).toEqual([
      { kind: 'reference', symbol: 'ETH', move: -0.2 },
      { kind: 'oracle', asset: handMadeAddress(1), move: -0.03 },
      { kind: 'oracle', asset: handMadeAddress(2), venue: 'aave36', move: -0.01 },
    ]);
  });

  it.each([
    [['ETH', 'ETH'], /^ETH is moved twice/],
    [['ETH', handMadeAddress(0)], /are both ETH/],
    [['oracle:wstETH', 'oracle:aave36/wstETH'], /is one of oracle:wstETH/],
  ])('refuses %j, by different amounts', (names, message) => {
    expect(() =>
      namedMoves(book, [
        { what: names[0]!, move: -0.1 },
        { what: names[1]!, move: -0.2 },
      ]),
    ).toThrow(message);
  });
});
