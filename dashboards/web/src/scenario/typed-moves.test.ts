import { readTypedMoves, withMoves } from './typed-moves.ts';

test.each([
  ['ETH -30%', 'ETH', -0.3],
  ['ETH=-0.3', 'ETH', -0.3],
  ['ETH-30%', 'ETH', -0.3],
  ['wstETH −10 %', 'wstETH', -0.1],
  ['oracle:wstETH -3%', 'oracle:wstETH', -0.03],
  ['oracle:aave-v3@devnet/WETH: +5%', 'oracle:aave-v3@devnet/WETH', 0.05],
  ['feed:ETH / USD=+2%', 'feed:ETH / USD', 0.02],
  ['WETH (0x1234…abcd) 50%', 'WETH (0x1234…abcd)', 0.5],
  ['ETH 0.5', 'ETH', 0.5],
  ['USD-COIN -1%', 'USD-COIN', -0.01],
])('%s', (text, what, move) => {
  expect(readTypedMoves(text)).toEqual({ moves: [{ what, move }] });
});

test('several at once', () => {
  expect(readTypedMoves('ETH -30%, market:CRV -40%;\nUSDC -2%')).toEqual({
    moves: [
      { what: 'ETH', move: -0.3 },
      { what: 'market:CRV', move: -0.4 },
      { what: 'USDC', move: -0.02 },
    ],
  });
});

test.each([
  ['', /such as ETH -30%/],
  ['ETH', /“ETH” names no move/],
  ['-30%', /names no move/],
  ['ETH -100%', /above −100\u202f%/],
  ['ETH -30', /for 30\u202f% down write -30%/],
  ['ETH 2000', /at most 100,000\u202f%: nothing falls by all of its price/],
  ['ETH -30%, BTC', /“BTC” names no move/],
])('%j is refused in words', (text, problem) => {
  expect(readTypedMoves(text)).toEqual({ problem: expect.stringMatching(problem) as string });
});

test('what is named again moves by the new number; 0 takes it out', () => {
  const before = [
    { what: 'ETH', move: -0.2 },
    { what: 'BTC', move: -0.1 },
  ];
  expect(withMoves(before, [{ what: 'ETH', move: -0.4 }])).toEqual([
    { what: 'BTC', move: -0.1 },
    { what: 'ETH', move: -0.4 },
  ]);
  expect(withMoves(before, [{ what: 'ETH', move: 0 }])).toEqual([{ what: 'BTC', move: -0.1 }]);
});
