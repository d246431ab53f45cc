import fc from 'fast-check';
import {
  held,
  MONEY_MARKET,
  owed,
  PAIRS,
  POOL,
  type OldAsset,
  type OldBookParts,
  type OldVenue,
} from '../../libs/book/src/fixtures/old-book-file.ts';
import { bookOf, crash, moveOf, pathOf, USDC } from './crash.ts';

// A token that is redeemed for a coin moves with the coin and is priced by its rate, whether or not the book says so, whatever its
// own pool does. Sources: 0xCazador/defi-simulator issue 23; the Aave adapters of bgd-labs/aave-capo.

interface Form {
  readonly coin: OldAsset;
  readonly staked: string;
  readonly rate: number;
  readonly liquidity?: number;
  readonly isSaid?: boolean;
}

const ETH: OldAsset = { symbol: 'WETH', priceUsd: 3_000, pool: { quote: 'USDC', liquidity: 2e6 } };
const AVAX: OldAsset = { symbol: 'WAVAX', priceUsd: 20, pool: { quote: 'USDC', liquidity: 4e7 } };
const MATIC: OldAsset = { symbol: 'WMATIC', priceUsd: 0.5, pool: { quote: 'USDC', liquidity: 4e8 } };
const BTC: OldAsset = {
  symbol: 'WBTC',
  decimals: 8,
  priceUsd: 60_000,
  pool: { quote: 'USDC', liquidity: 1e6 },
};

const assetsOf = ({ coin, staked, rate, liquidity = 4e5, isSaid = false }: Form): OldAsset[] => [
  USDC,
  coin,
  {
    ...{ symbol: staked, priceUsd: coin.priceUsd * rate, pool: { quote: coin.symbol, liquidity } },
    ...(isSaid ? { derivedFrom: { from: coin.symbol, isRedeemable: true } } : {}),
  },
];

/** Someone who owes 95 % of the coin's worth of what they staked, and someone who owes dollars and falls due at −30 %. */
function twoBorrowers(form: Form, venue: OldVenue): OldBookParts {
  const units = 3_000_000 / form.coin.priceUsd;
  const [staked, coin] = [form.staked, form.coin.symbol];
  const dollars = units * form.coin.priceUsd * form.rate * 0.64;
  return {
    assets: assetsOf(form),
    venues: [venue],
    accounts: [
      { venue: venue.id, legs: [held(staked, units, 0.95, 0.01), owed(coin, units * form.rate * 0.92)] },
      { venue: venue.id, legs: [held(staked, units, 0.81, 0.06), owed('USDC', dollars)] },
    ],
  };
}

const forms: readonly Form[] = [
  { coin: ETH, staked: 'wstETH', rate: 1.2 },
  { coin: ETH, staked: 'weETH', rate: 1.05, isSaid: true },
  { coin: ETH, staked: 'rsETH', rate: 1.03 },
  { coin: ETH, staked: 'cbETH', rate: 1.1 },
  { coin: AVAX, staked: 'sAVAX', rate: 1.22, liquidity: 4e6 },
  { coin: MATIC, staked: 'stMATIC', rate: 1.13, liquidity: 1e8 },
  { coin: BTC, staked: 'LBTC', rate: 1.02, liquidity: 1e5 },
];
const venues = [POOL, { ...POOL, version: '3.0' }, PAIRS, MONEY_MARKET];
const everywhere = forms.flatMap((form) =>
  venues.map((venue) => [form.staked, `${venue.mechanism} ${venue.version}`, form, venue] as const),
);

describe('a staked token and its coin', () => {
  test('the case: the borrower of dollars is due at 2,520 USD, the looper is not, and a said link changes nothing', () => {
    const parts = (isSaid: boolean): OldBookParts => ({
      assets: assetsOf({ coin: ETH, staked: 'wstETH', rate: 1.2, isSaid }),
      venues: [POOL],
      accounts: [
        { venue: 'pool', legs: [held('wstETH', 1_000, 0.95, 0.01), owed('WETH', 1_100)] },
        { venue: 'pool', legs: [held('wstETH', 1_000, 0.81, 0.06), owed('USDC', 2_300_000)] },
      ],
    });
    const result = crash(bookOf(parts(false)), { WETH: -0.3 });
    expect(moveOf(result, 'wstETH').marketMove).toBeCloseTo(-0.3, 12);
    expect(pathOf(result, 'wstETH').oracleBeforeUsd * 0.7).toBeCloseTo(2_520, 9);
    expect(moveOf(result, 'wstETH').oracleMoves).toEqual([-0.3]);
    expect(result.accounts).toBe(1);
    expect(result.repaidUsd).toBeCloseTo(2_300_000, 6);
    expect(result.lossUsd).toBe(0);
    const said = crash(bookOf(parts(true)), { WETH: -0.3 });
    expect(said.liquidatedUsd).toBeCloseTo(result.liquidatedUsd, 6);
    expect(said.liquidatorProfitUsd).toBeCloseTo(result.liquidatorProfitUsd, 6);
  });

  test.each(everywhere)('%s at %s: falls with the coin, and the looper stays', (_, __, form, venue) => {
    const result = crash(bookOf(twoBorrowers(form, venue)), { [form.coin.symbol]: -0.3 });
    expect(moveOf(result, form.staked).marketMove).toBeCloseTo(-0.3, 9);
    expect(moveOf(result, form.staked).oracleMoves).toEqual([-0.3]);
    expect(result.byAccount.map(({ owner }) => owner.slice(-3))).toEqual(['3e9']);
    expect(result.repaidUsd).toBeGreaterThan(0);
  });

  test.each(forms.map((form) => [form.staked, form] as const))(
    '%s: naming the coin and the token at one move moves both by that and makes nobody due who loops',
    (_, form) => {
      const parts = twoBorrowers(form, POOL);
      const looper = bookOf({ ...parts, accounts: parts.accounts.slice(0, 1) });
      const both = crash(looper, { [form.coin.symbol]: -0.3, [form.staked]: -0.3 });
      expect(moveOf(both, form.staked).marketMove).toBeCloseTo(-0.3, 9);
      expect(moveOf(both, form.coin.symbol).marketMove).toBeCloseTo(-0.3, 9);
      for (const result of [both, crash(looper, { [form.coin.symbol]: -0.3 })]) {
        expect(result.accounts).toBe(0);
        expect(result.lossAtSaleUsd).toBe(0);
        expect(result.stuckUsd).toBe(0);
      }
    },
  );

  test('the case of a thin pool: one account, 2,000,000 repaid, no bad debt, loopers untouched', () => {
    const result = crash(
      bookOf({
        assets: [
          { ...USDC },
          { ...ETH, pool: { quote: 'USDC', liquidity: 2e7 } },
          {
            ...{ symbol: 'weETH', priceUsd: 3_200, pool: { quote: 'WETH', liquidity: 20_000 } },
            derivedFrom: { from: 'WETH', isRedeemable: true },
          },
        ],
        venues: [POOL],
        accounts: [
          { venue: 'pool', legs: [held('weETH', 1_000, 0.8, 0.07), owed('USDC', 2_000_000)] },
          { venue: 'pool', legs: [held('weETH', 10_000, 0.95, 0.01), owed('WETH', 9_700)] },
          { venue: 'pool', legs: [held('weETH', 10_000, 0.95, 0.01), owed('WETH', 9_200)] },
        ],
      }),
      { WETH: -0.3 },
    );
    expect(result.accounts).toBe(1);
    expect(result.repaidUsd).toBeCloseTo(2_000_000, 6);
    expect(result.badDebtUsd).toBe(0);
    expect(result.lossUsd).toBe(0);
  });

  test('loopers do not hang on the pool of what they stake, however thin it is and whatever falls', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...forms),
        fc.constantFrom(...venues),
        fc.record({
          liquidity: fc.double({ min: 10, max: 1e6, noNaN: true }),
          move: fc.double({ min: -0.6, max: 0.5, noNaN: true }),
          isSaid: fc.boolean(),
        }),
        (form, venue, { liquidity, move, isSaid }) => {
          const parts = twoBorrowers({ ...form, liquidity, isSaid }, venue);
          const result = crash(bookOf(parts), { [form.coin.symbol]: move });
          const looper = result.byAccount.filter(({ owner }) => owner.endsWith('3e8'));
          expect(looper.map(({ repaidUsd, stuck }) => [repaidUsd, stuck])).toEqual(
            looper.map(() => [0, undefined]),
          );
          const { oracleBeforeUsd, oracleAfterUsd } = pathOf(result, form.staked);
          const coin = pathOf(result, form.coin.symbol);
          expect(oracleAfterUsd / oracleBeforeUsd).toBeCloseTo(coin.oracleAfterUsd / coin.oracleBeforeUsd, 9);
        },
      ),
      { numRuns: 100 },
    );
  });
});
