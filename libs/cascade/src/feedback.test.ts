import { feedback } from './feedback.ts';
import { handMadeAddress, handMadeBook, type HandMadeAccount } from './fixtures/hand-made-book.ts';
import { reproduction } from './reproduction.ts';

const USDC = { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} } as const;
const ETH = { symbol: 'ETH', priceUsd: 1_000, decimals: 18, liquidity: 1e5 } as const;
const BTC = { symbol: 'BTC', priceUsd: 50_000, decimals: 8, liquidity: 2e5 } as const;
const NONE = { symbol: 'CRV', priceUsd: 1, decimals: 18 } as const;
const [eth, btc, crv] = [1, 2, 3].map(handMadeAddress);

/** Owes what is due when its collateral has fallen by a share. */
const loan = (asset: string, amount: number, worthUsd: number, fall: number): HandMadeAccount => ({
  venue: 'aave30',
  legs: [
    { asset, amount, threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -Math.round(worthUsd * 0.8 * (1 - fall) * 100) / 100 },
  ],
});

const crowd = [
  ...Array.from({ length: 40 }, (_, i) => loan('ETH', 10, 10_000, 0.004 + i * 0.01)),
  ...Array.from({ length: 40 }, (_, i) => loan('BTC', 1, 50_000, 0.004 + i * 0.01)),
];

describe('feedback', () => {
  const book = handMadeBook([USDC, ETH, BTC, NONE], [...crowd, loan('CRV', 100, 100, 0.5)]);

  it('has the reproduction numbers on its diagonal, and nothing between assets that nobody holds together', () => {
    const [now] = feedback(book, { drops: [0] });
    expect(now!.assets).toEqual([eth, btc]);
    expect(now!.leftOut).toEqual([crv, handMadeAddress(0)]);
    const alone = reproduction(book, { drops: [0], assets: [eth!, btc!] });
    for (const [row, { points }] of alone.entries()) {
      expect(now!.matrix[row]![row]).toBeCloseTo(points[0]!.reproduction!, 12);
      expect(points[0]!.reproduction).toBeGreaterThan(0);
      expect(now!.matrix[row]![1 - row]).toBe(0);
    }
  });

  it('joins assets that are held together: a fall of one sells the other', () => {
    const both: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        { asset: 'ETH', amount: 100, threshold: 0.8, bonus: 0.1 },
        { asset: 'BTC', amount: 2, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -159_700 },
      ],
    };
    const [now] = feedback(handMadeBook([USDC, ETH, BTC], [both]), { drops: [0] });
    // A step of BTC makes the account due, and ETH is seized, which has the larger bonus.
    expect(now!.matrix[0]![1]).toBeGreaterThan(0);
  });

  it('goes along a fall of all, from where the others stand then', () => {
    const [, fallen] = feedback(book, { drops: [0, 0.2] });
    const alone = reproduction(book, { drops: [0.2], assets: [eth!] });
    // Nobody holds both, so that it makes no difference that the other has fallen too.
    expect(fallen!.matrix[0]![0]).toBeCloseTo(alone[0]!.points[0]!.reproduction!, 9);
  });

  it('moves what is tied along, and by its own discount in its own column', () => {
    const tied = {
      symbol: 'stETH',
      priceUsd: 1_000,
      decimals: 18,
      liquidity: 1e4,
      tie: { to: 'ETH' },
    } as const;
    const held = handMadeBook([USDC, ETH, tied], [loan('stETH', 10, 10_000, 0.204)]);
    const point = feedback(held, { drops: [0, 0.2] });
    expect(point[0]!.matrix.every((row) => row.every((entry) => entry === 0))).toBe(true);
    const [atEth, atTied] = [point[1]!.assets.indexOf(eth!), point[1]!.assets.indexOf(btc!)];
    expect(point[1]!.matrix[atEth]![atEth]).toBeGreaterThan(0);
    // Named itself it is depegged, and is sold in its own pool.
    expect(point[1]!.matrix[atTied]![atTied]).toBeGreaterThan(0);
    expect(point[1]!.matrix[atEth]![atTied]).toBe(0);
  });

  it('refuses drops out of range', () => {
    expect(() => feedback(book, { drops: [0.995] })).toThrow('from 0 to below 0.99');
    expect(() => feedback(book, { drops: [0], step: 0 })).toThrow('step must be above 0');
  });
});
