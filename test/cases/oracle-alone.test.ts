import fc from 'fast-check';
import { held, owed, PAIRS, POOL, type OldVenue } from '../../libs/book/src/fixtures/old-book-file.ts';
import { bookOf, crash, moveOf, pathOf, USDC } from './crash.ts';

// A wrong oracle liquidates at a market that has not moved, and liquidators earn the difference; a market alone liquidates nobody.
// Sources: Aave 2026-03-10 (governance.aave.com/t/24269): 4,882 of 10,938 wstETH; Chainlink's minAnswer.

interface Loop {
  readonly coin: string;
  readonly staked: string;
  readonly coinUsd: number;
  readonly rate: number;
  readonly venue: OldVenue;
}

const loopOf = ({ coin, staked, coinUsd, rate, venue }: Loop) =>
  bookOf({
    assets: [
      USDC,
      {
        symbol: coin,
        priceUsd: coinUsd,
        pool: { quote: 'USDC', liquidity: 2e7 * Math.sqrt(2_000 / coinUsd) },
      },
      {
        ...{
          symbol: staked,
          priceUsd: coinUsd * rate,
          pool: { quote: coin, liquidity: 4e7 * (2_000 / coinUsd) },
        },
        derivedFrom: { from: coin, isRedeemable: true },
      },
    ],
    venues: [venue],
    accounts: [
      {
        venue: venue.id,
        legs: [
          { ...held(staked, (10_000 * 2_000) / coinUsd, 0.95, 0.01), fee: venue === PAIRS ? 0 : 0.1 },
          owed(coin, (10_000 * 2_000 * rate * 0.940171) / coinUsd),
        ],
      },
    ],
  });

const loops: readonly Loop[] = [
  { coin: 'WETH', staked: 'wstETH', coinUsd: 2_000, rate: 1.2285, venue: POOL },
  { coin: 'WETH', staked: 'rETH', coinUsd: 3_500, rate: 1.13, venue: { ...POOL, version: '3.0' } },
  { coin: 'WAVAX', staked: 'sAVAX', coinUsd: 20, rate: 1.25, venue: POOL },
  { coin: 'WETH', staked: 'weETH', coinUsd: 2_500, rate: 1.06, venue: PAIRS },
];

/** What liquidators earn when the oracle of the collateral is wrong by a move and its market is not, before slippage. */
const earned = (repaidUsd: number, move: number, of: { readonly bonus: number; readonly fee: number }) =>
  (repaidUsd * (1 + of.bonus * (1 - of.fee))) / (1 + move) - repaidUsd;

describe('an oracle alone', () => {
  test('the case: 11,550,000 USD repaid, 4,887 wstETH seized, the market stays, 445,831 USD earned less slippage', () => {
    const result = crash(
      bookOf({
        assets: [
          USDC,
          { symbol: 'WETH', priceUsd: 2_000, pool: { quote: 'USDC', liquidity: 2e7 } },
          {
            ...{ symbol: 'wstETH', priceUsd: 2_457, pool: { quote: 'WETH', liquidity: 4e7 } },
            derivedFrom: { from: 'WETH', isRedeemable: true },
          },
        ],
        venues: [POOL],
        accounts: [
          {
            venue: 'pool',
            legs: [{ ...held('wstETH', 10_000, 0.95, 0.01), fee: 0.1 }, owed('WETH', 11_550)],
          },
        ],
      }),
      { 'oracle:wstETH': -0.0285 },
    );
    expect(moveOf(result, 'wstETH')).toMatchObject({ marketMove: 0, oracleMoves: [-0.0285] });
    expect(moveOf(result, 'WETH')).toMatchObject({ marketMove: 0, oracleMoves: [0] });
    expect(result.repaidUsd).toBeCloseTo(11_550_000, 3);
    expect(pathOf(result, 'wstETH').seized).toBeCloseTo(4_887.147, 3);
    expect(pathOf(result, 'wstETH').marketAfterUsd / 2_457).toBeGreaterThan(0.998);
    expect(earned(11_550_000, -0.0285, { bonus: 0.01, fee: 0.1 })).toBeCloseTo(445_831, -1);
    expect(result.liquidatorProfitUsd).toBeLessThan(445_832);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(445_832 * 0.999);
    expect(result.lossUsd).toBe(0);
  });

  test.each(
    loops.map((loop) => [loop.staked, `${loop.venue.mechanism} ${loop.venue.version}`, loop] as const),
  )('%s at %s: liquidators earn what the oracle is wrong by', (_, __, loop) => {
    fc.assert(
      fc.property(fc.double({ min: -0.04, max: -0.012, noNaN: true }), (move) => {
        const result = crash(loopOf(loop), { [`oracle:${loop.staked}`]: move });
        expect(moveOf(result, loop.staked).marketMove).toBe(0);
        expect(result.accounts).toBe(1);
        const fee = loop.venue === PAIRS ? 0 : 0.1;
        const earnedUsd = earned(result.repaidUsd, move, { bonus: 0.01, fee });
        expect(result.liquidatorProfitUsd).toBeLessThanOrEqual(earnedUsd * (1 + 1e-9));
        expect(result.liquidatorProfitUsd).toBeGreaterThan(earnedUsd - result.repaidUsd * 0.001);
      }),
      { numRuns: 20 },
    );
  });

  test.each(loops.map((loop) => [loop.staked, loop] as const))(
    '%s: a wrong oracle of what is owed does the same, and a market alone makes nobody due but shows the shortfall',
    (_, loop) => {
      const book = loopOf(loop);
      expect(crash(book, { [`oracle:${loop.coin}`]: 0.03 }).accounts).toBe(1);
      const market = crash(book, { [`market:${loop.staked}`]: -0.1 });
      expect(moveOf(market, loop.staked)).toMatchObject({ oracleMoves: [0] });
      expect(market.accounts).toBe(0);
      expect(market.stuckUsd).toBe(0);
      // 94.0171 % is owed of what is worth 90 % now.
      const worthUsd = 2e7 * loop.rate;
      expect(market.shortfallUsd / worthUsd).toBeCloseTo(0.040171, 5);
    },
  );
});
