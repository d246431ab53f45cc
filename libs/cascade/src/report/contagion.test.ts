import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
  type HandMadeInstrument,
  type HandMadeLeg,
} from '../fixtures/hand-made-book.ts';
import type { CascadeResult } from '../result.ts';
import type { Move } from '../scenario.ts';
import { simulate } from '../simulate.ts';

const WETH: HandMadeAsset = { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 20_000 };
const STUCK: HandMadeAsset = { symbol: 'STUCK', priceUsd: 1_000, decimals: 18 };
const WBTC: HandMadeAsset = { symbol: 'WBTC', priceUsd: 10_000, decimals: 8, liquidity: 1e7 };
const USDC: HandMadeAsset = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const STAKED: HandMadeAsset = {
  symbol: 'staked',
  priceUsd: 1_200,
  decimals: 18,
  tie: { to: 'WETH' },
};
const POOLED: HandMadeAsset = {
  ...STAKED,
  symbol: 'pooled',
  liquidity: 1e6,
  tie: { kind: 'pegged', to: 'WETH', capacity: 0 },
};
const LINK: HandMadeAsset = { symbol: 'LINK', priceUsd: 10, decimals: 18, liquidity: 1e6, quote: 'WETH' };
const ASSETS = [WETH, STUCK, WBTC, USDC, STAKED, POOLED, LINK];
const address = (symbol: string) => handMadeAddress(ASSETS.findIndex((asset) => asset.symbol === symbol));

const held = (asset: string, amount: number): HandMadeLeg => ({ asset, amount, threshold: 0.8, bonus: 0.05 });
const owed = (asset: string, amount: number): HandMadeLeg => ({ asset, amount: -amount });
const at = (venue: HandMadeAccount['venue'], ...legs: HandMadeLeg[]): HandMadeAccount => ({ venue, legs });

/** Due when the price of what it holds falls by more than 10 %, and sells much. */
const seller = (asset: string, amount = 100, priceUsd = 1_000) =>
  at('aave30', held(asset, amount), owed('USDC', amount * priceUsd * 0.75));
/** Due when WETH falls by more than 12.5 %. */
const bystander = at('morpho', held('WETH', 1), owed('USDC', 700));

/** Liquidators act at any loss, so that what they sell can be reckoned by hand. */
const run = (
  accounts: HandMadeAccount[],
  moves: Record<string, number>,
  instruments: HandMadeInstrument[] = [],
) =>
  simulate(handMadeBook(ASSETS, accounts, { instruments }), {
    moves: Object.entries(moves).map(([symbol, move]): Move => ({
      kind: 'asset',
      asset: address(symbol),
      move,
    })),
    policies: { liquidators: { kind: 'unlimited' } },
  });
/** Where the pool of WETH stands after selling units at a price. */
const soldFrom = (priceUsd: number, units: number) =>
  priceUsd / (1 + (units * Math.sqrt(priceUsd)) / WETH.liquidity!) ** 2;
/** A part of a price's move from one to another, by logarithms. */
const part = (from: number, to: number, { start }: { start: number }) =>
  Math.log(to / from) / Math.log(to / start);
const causesOf = (result: CascadeResult, venue: string) =>
  result.contagion
    .filter((row) => row.venue === venue)
    .map(({ cause, symbol, liquidatedUsd }) => {
      const losses = result.byVenue.find((row) => row.venue === venue)!;
      return [cause, symbol, expect.closeTo(liquidatedUsd / losses.liquidatedUsd, 9)];
    });
const priceAfter = (result: CascadeResult, symbol: string, round = 0) =>
  result.rounds[round]!.assets.find((asset) => asset.symbol === symbol)!.oracleAfterUsd;

describe('contagion', () => {
  test('the first round is the shock’s alone', () => {
    const result = run([seller('WETH')], { WETH: -0.11 });
    expect(causesOf(result, 'aave30')[0]).toEqual(['shock', 'WETH', 1]);
    expect(run([seller('WETH', 1e-6)], { WETH: -0.11 }).contagion).toHaveLength(1);
  });

  test('muting the only seller removes exactly what is attributed to it', () => {
    // The debt rises, the collateral is sold, and only that sale moves WETH.
    const short = (collateral: string) => at('aave30', held(collateral, 100), owed('WBTC', 7.5));
    const loud = run([short('WETH'), bystander], { WBTC: 0.1 });
    const muted = run([short('STUCK'), bystander], { WBTC: 0.1 });
    const hurt = loud.byVenue.find(({ venue }) => venue === 'morpho')!;
    expect(hurt.liquidatedUsd).toBeGreaterThan(0);
    expect(loud.contagion.filter(({ venue }) => venue === 'morpho')).toEqual([
      {
        ...{ cause: 'aave30', asset: address('WETH'), symbol: 'WETH', venue: 'morpho' },
        ...{ liquidatedUsd: hurt.liquidatedUsd, badDebtUsd: hurt.badDebtUsd },
      },
    ]);
    expect(muted.byVenue.map(({ venue }) => venue)).toEqual(['aave30']);
  });

  test('a later liquidation is split by what the shock and the sales took', () => {
    const result = run([seller('WETH'), bystander], { WETH: -0.11 });
    const sold = part(890, priceAfter(result, 'WETH'), { start: 1_000 });
    expect(result.byAccount.find(({ venue }) => venue === 'morpho')!.firstRound).toBe(2);
    expect(sold).toBeGreaterThan(0.1);
    expect(causesOf(result, 'morpho')).toEqual([
      ['aave30', 'WETH', sold],
      ['shock', 'WETH', 1 - sold],
    ]);
    // Without the seller all of it is gone, at least what was attributed to it.
    expect(run([seller('STUCK'), bystander], { WETH: -0.11 }).accounts).toBe(0);
  });

  test('a venue that trades against the move has no part in it', () => {
    // At aave36 the debt in WETH is bought back, at aave30 more of it is sold.
    const buyer = at('aave36', held('WBTC', 1), owed('WETH', 7.9));
    const result = run([seller('WETH'), buyer, bystander], { WETH: -0.11, WBTC: -0.2 });
    expect(result.rounds[0]!.byVenue.map(({ venue }) => venue)).toEqual(['aave30', 'aave36']);
    expect(causesOf(result, 'morpho').map(([cause]) => cause)).toEqual(['aave30', 'shock']);
  });

  test('two sellers have parts by how far each moved the price', () => {
    const result = run([seller('WETH', 60), { ...seller('WETH', 30), venue: 'aave36' }, bystander], {
      WETH: -0.11,
    });
    const [first, second] = causesOf(result, 'morpho').map(
      ([, , share]) => (share as { sample: number }).sample,
    );
    // At 890 their health is below 0.95: all of the debt, and 5 % on top. The smaller one loses less and goes first.
    const units = (45_000 * 1.05) / 890;
    const [one, both] = [soldFrom(890, units / 2), soldFrom(890, units * 1.5)];
    expect(priceAfter(result, 'WETH')).toBeCloseTo(both, 6);
    const whole = Math.log(both / 1_000);
    expect(first).toBeCloseTo(Math.log(both / one) / whole, 9);
    expect(second).toBeCloseTo(Math.log(one / 890) / whole, 9);
  });

  test('buying back hurts who owes', () => {
    const short = (venue: HandMadeAccount['venue'], units: number, room: number) =>
      at(venue, held('USDC', units * 1_250 * room), owed('WETH', units));
    const result = run([short('aave30', 100, 1.1), short('aave36', 1, 1.12)], { WETH: 0.11 });
    const bought = part(1_110, priceAfter(result, 'WETH'), { start: 1_000 });
    expect(causesOf(result, 'aave36')).toEqual([
      ['aave30', 'WETH', bought],
      ['shock', 'WETH', 1 - bought],
    ]);
  });

  test.each([
    ['is redeemed for it', 'staked', 'WETH', 1_200],
    ['is quoted in it', 'LINK', 'WETH', 10],
  ])('selling what %s hurts who holds it', (_, sold, hurt, priceUsd) => {
    const short = at('aave30', held(sold, 150_000 / priceUsd), owed('WBTC', 11.25));
    const result = run([short, bystander], { WBTC: 0.1 });
    expect(causesOf(result, 'morpho')).toEqual([['aave30', hurt, 1]]);
    const flow = result.flows.find(({ symbol }) => symbol === (sold === 'staked' ? 'WETH' : 'LINK'))!;
    // In later rounds others sell before it, so that the market stands a little below the oracle.
    expect(flow.soldUsd / result.byVenue[0]!.liquidatedUsd).toBeGreaterThan(0.99);
    expect(flow.soldUsd / result.byVenue[0]!.liquidatedUsd).toBeLessThanOrEqual(1);
  });

  test.each(['staked', 'pooled'])('selling WETH hurts who holds %s, which follows it', (symbol) => {
    const holder = at(
      'morpho',
      held(symbol, 1),
      owed('USDC', ASSETS.find((a) => a.symbol === symbol)!.priceUsd * 0.7),
    );
    const short = at('aave30', held('WETH', 100), owed('WBTC', 7.5));
    expect(causesOf(run([short, holder], { WBTC: 0.1 }), 'morpho')).toEqual([['aave30', symbol, 1]]);
  });

  test('an option’s backing is lost through its table', () => {
    const put: HandMadeInstrument = {
      ...{
        venue: 'option',
        id: 'put',
        underlying: 'WETH',
        isCall: false,
        strikeUsd: 1_000,
        expiry: 1_800_000_000,
      },
      spotUsd: [500, 1_500],
      valueUsd: (spot) => 1_500 - spot,
      marginUsd: (spot) => 2_000 - spot,
    };
    const writer = at(
      'option',
      { asset: 'USDC', amount: 1_160, threshold: 1 },
      { asset: 'WETH', amount: -1, instrument: 'put' },
    );
    const result = run([seller('WETH'), writer], { WETH: -0.11 }, [put]);
    const sold = part(890, priceAfter(result, 'WETH'), { start: 1_000 });
    expect(result.byAccount.find(({ venue }) => venue === 'option')!.firstRound).toBe(2);
    expect(causesOf(result, 'option')).toEqual([
      ['aave30', 'WETH', sold],
      ['shock', 'WETH', 1 - sold],
    ]);
  });

  test('what redistribution took belongs to the own venue', () => {
    const position = (units: number, debt: number, stake: number): HandMadeAccount => ({
      venue: 'cdp',
      stake,
      legs: [{ asset: 'STUCK', amount: units, threshold: 1 / 1.1 }, owed('USDC', debt)],
    });
    // At 900 the first is due; the second is once it has taken over the first, of which 0.5 % is the liquidator's.
    const result = run([position(10, 8_900, 0), position(10, 8_000, 1), position(1_000, 1_000, 0)], {
      STUCK: -0.1,
    });
    expect(result.rounds.map(({ accounts }) => accounts)).toEqual([1, 1]);
    const taken = 8_900 - (9.95 * 900) / 1.1;
    const fallen = (19.95 * 100) / 1.1;
    const second = result.rounds[1]!.liquidatedUsd;
    const first = result.rounds[0]!.liquidatedUsd;
    expect(
      result.contagion.map(({ cause, symbol, liquidatedUsd }) => [cause, symbol, liquidatedUsd]),
    ).toEqual([
      ['cdp', 'USDC', expect.closeTo((second * taken) / (taken + fallen), 6)],
      ['shock', 'STUCK', expect.closeTo(first + (second * fallen) / (taken + fallen), 6)],
    ]);
  });

  test('who is due though nothing took anything is due to the shock', () => {
    const result = run([at('aave30', held('WETH', 10), owed('USDC', 9_000))], {});
    expect(causesOf(result, 'aave30').at(-1)).toEqual(['shock', 'WETH', expect.closeTo(1, 9)]);
    expect(result.rounds[0]!.accounts).toBe(1);
  });
});
