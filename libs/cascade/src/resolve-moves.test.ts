import { constantFormula, type Book } from '@undertow/book';
import { handMadeAddress, handMadeBook, type HandMadeAsset } from './fixtures/hand-made-book.ts';
import { marketPriceUsd, openMarket } from './market/market.ts';
import { moveName, moveNamed } from './moved-names.ts';
import { resolvedMoves } from './resolved-moves.ts';
import { shocked } from './resolve-moves.ts';
import type { Move, Scenario } from './scenario.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1e5 },
  {
    symbol: 'wstETH',
    priceUsd: 1_200,
    decimals: 18,
    tie: { to: 'WETH' },
    oracle: 'rate',
    liquidity: 1e5,
    quote: 'WETH',
  },
  { symbol: 'stETH', priceUsd: 1_000, decimals: 18, tie: { kind: 'pegged', to: 'WETH' } },
  { symbol: 'USDC', priceUsd: 1, decimals: 6, oracle: 'constant', tie: {} },
  { symbol: 'LINK', priceUsd: 10, decimals: 18, liquidity: 1e5 },
];
const book = handMadeBook(ASSETS, [
  {
    venue: 'aave30',
    legs: [
      { asset: 'wstETH', amount: 1, threshold: 0.8 },
      { asset: 'USDC', amount: -1 },
    ],
  },
  {
    venue: 'morpho',
    legs: [
      { asset: 'LINK', amount: 1, threshold: 0.8 },
      { asset: 'USDC', amount: -1 },
    ],
  },
]);

/** Market move and oracle moves by symbol, in percent. */
function movesOf(
  moves: readonly Move[],
  of: Book = book,
  more: Pick<Scenario, 'landsAtUsd'> = {},
): Record<string, readonly [number, readonly number[]]> {
  const market = openMarket(of);
  const percent = (ratio: number) => Math.round(ratio * 1e6) / 1e4;
  return Object.fromEntries(
    resolvedMoves(of, market, shocked(of, market, { moves, ...more })).map((one) => [
      one.symbol,
      [percent(one.marketMove), one.oracleMoves.map(percent)],
    ]),
  );
}
const said = (what: string, move: number) => movesOf([moveNamed(book, what, move)]);

describe('what a move does to markets and oracles', () => {
  test('a reference takes along all that is tied to it', () => {
    expect(said('WETH', -0.3)).toEqual({
      WETH: [-30, [-30]],
      wstETH: [-30, [-30]],
      stETH: [-30, [-30]],
      USDC: [0, [0]],
      LINK: [0, [0]],
    });
  });

  test('naming a reference and what hangs on it means the same fall of both', () => {
    const moves = [moveNamed(book, 'WETH', -0.3), moveNamed(book, 'wstETH', -0.3)];
    expect(movesOf(moves).wstETH).toEqual([-30, [-30]]);
  });

  test('a depeg moves the market alone where the oracle goes by the rate, and the oracle where that follows it', () => {
    expect(said('wstETH', -0.1)).toMatchObject({ WETH: [0, [0]], wstETH: [-10, [0]] });
    expect(said('stETH', -0.1)).toMatchObject({ WETH: [0, [0]], stETH: [-10, [-10]] });
  });

  test('a rate moves what is redeemed and the oracles by it', () => {
    expect(said('rate:wstETH', -0.1)).toMatchObject({ WETH: [0, [0]], wstETH: [-10, [-10]] });
    const both = [moveNamed(book, 'WETH', -0.2), moveNamed(book, 'rate:wstETH', -0.1)];
    expect(movesOf(both).wstETH).toEqual([-28, [-28]]);
  });

  test('a market alone leaves feeds where they are', () => {
    expect(said('market:LINK', -0.4).LINK).toEqual([-40, [0]]);
    expect(said('market:WETH', -0.4)).toMatchObject({ WETH: [-40, [0]], wstETH: [-40, [0]] });
  });

  test('a feed or an oracle alone leaves markets where they are', () => {
    expect(said('feed:WETH / USD', -0.4)).toMatchObject({ WETH: [0, [-40]], wstETH: [0, [-40]] });
    expect(said('oracle:wstETH', -0.0285)).toMatchObject({ WETH: [0, [0]], wstETH: [0, [-2.85]] });
    expect(said('oracle:aave30/wstETH', -0.0285)).toMatchObject({ wstETH: [0, [-2.85]] });
  });

  test('what is redeemed for more than its oracle says is worth that, and moves from there', () => {
    const tie = { ...book.assets[1]!.tie, redeemedFor: 1.32 };
    const assets = book.assets.with(1, { ...book.assets[1]!, tie, marketPriceUsd: undefined });
    const capped = { ...book, assets, depth: book.depth.with(1, undefined) };
    const market = openMarket(capped);
    const worth = (moves: readonly Move[]) =>
      marketPriceUsd(market, shocked(capped, market, { moves }).places, 1);
    expect(worth([])).toBeCloseTo(1_320, 9);
    expect(worth([moveNamed(capped, 'WETH', -0.3)])).toBeCloseTo(924, 9);
    expect(movesOf([moveNamed(capped, 'WETH', -0.3)], capped).wstETH).toEqual([-30, [-30]]);
    expect(movesOf([moveNamed(capped, 'landed', 1)], capped).wstETH).toEqual([0, [10]]);
  });

  test('what lands brings oracles to their markets, all or those of one asset, all the way or a part', () => {
    const off = (symbol: string, move: number) => (asset: (typeof book.assets)[number]) =>
      asset.symbol === symbol ? { ...asset, marketPriceUsd: asset.oraclePriceUsd * (1 + move) } : asset;
    const late = { ...book, assets: book.assets.map(off('LINK', -0.3)).map(off('wstETH', 0.05)) };
    const landed = (what: string, share: number) => movesOf([moveNamed(late, what, share)], late);
    expect(landed('landed', 1)).toMatchObject({ WETH: [0, [0]], wstETH: [0, [5]], LINK: [0, [-30]] });
    expect(landed('landed', 0.5)).toMatchObject({ wstETH: [0, [2.5]], LINK: [0, [-15]] });
    expect(landed('landed:LINK', 1)).toMatchObject({ wstETH: [0, [0]], LINK: [0, [-30]] });
    const twice = ['landed', 'oracle:LINK'].map((what) => moveNamed(late, what, 0.5));
    expect(() => movesOf(twice, late)).toThrow(/oracle of .* is moved twice/);
    expect(() => movesOf([moveNamed(late, 'landed:USDC', 1)], late)).toThrow(/what USDC trades at/);
    const none = { ...book, assets: book.assets.map((asset) => ({ ...asset, marketPriceUsd: undefined })) };
    expect(() => movesOf([moveNamed(none, 'landed', 1)], none)).toThrow(/no asset of the book has a market/);
  });

  test('what lands goes to prices that are given beside the book, and what these do not name stays; markets stay too', () => {
    const [weth, link] = ['WETH', 'LINK'].map((symbol) => book.assets.find((one) => one.symbol === symbol)!);
    const landed = (landsAtUsd: NonNullable<Scenario['landsAtUsd']>, what = 'landed') =>
      movesOf([moveNamed(book, what, 1)], book, { landsAtUsd });
    const low = { [weth!.address]: weth!.oraclePriceUsd * 0.8 };
    expect(landed(low)).toMatchObject({ WETH: [0, [-20]], wstETH: [0, [0]], LINK: [0, [0]] });
    expect(() => landed(low, 'landed:LINK')).toThrow(/what LINK trades at/);
    expect(() => landed({ [link!.address]: 0 })).toThrow(/LINK lands at 0: a price must be above 0/);
  });

  test('what a feed can answer is bounded', () => {
    const bounded = { ...book, feeds: book.feeds.map((feed) => ({ ...feed, least: feed.answer * 0.9 })) };
    expect(movesOf([moveNamed(book, 'WETH', -0.3)], bounded).WETH).toEqual([-30, [-10]]);
  });

  test('a cap in a formula holds on the way up', () => {
    const capped = book.oracles.map((oracle) => ({
      ...oracle,
      formula: { ...oracle.formula, greatest: oracle.priceUsd * 1.04 },
    }));
    expect(movesOf([moveNamed(book, 'LINK', 0.2)], { ...book, oracles: capped }).LINK).toEqual([20, [4]]);
  });

  test('a constant never moves, whatever the market does', () => {
    const constant = book.oracles.map((oracle) => ({ ...oracle, formula: constantFormula(oracle.priceUsd) }));
    expect(movesOf([moveNamed(book, 'LINK', -0.9)], { ...book, oracles: constant }).LINK).toEqual([-90, [0]]);
  });

  test('refuses contradictions and what cannot move', () => {
    const twice = [moveNamed(book, 'WETH', -0.3), moveNamed(book, 'market:WETH', -0.2)];
    expect(() => movesOf(twice)).toThrow(/moved twice/);
    const oracles = [moveNamed(book, 'oracle:wstETH', -0.1), moveNamed(book, 'oracle:aave30/wstETH', -0.1)];
    expect(() => movesOf(oracles)).toThrow(/the oracle of .* is moved twice/);
    expect(() => said('rate:LINK', -0.1)).toThrow(/LINK is not redeemed at a ratio/);
    expect(() => said('USD', -0.1)).toThrow(/USD cannot move/);
    expect(() =>
      movesOf([{ kind: 'oracle', asset: handMadeAddress(4), venue: 'aave30', move: -0.1 }]),
    ).toThrow(/no account at aave30 has LINK/);
  });
});

describe('names of what moves', () => {
  test.each([
    ['WETH', { kind: 'reference', symbol: 'WETH' }],
    [handMadeAddress(0), { kind: 'reference', symbol: 'WETH' }],
    ['wstETH', { kind: 'asset', asset: handMadeAddress(1) }],
    ['asset: wstETH', { kind: 'asset', asset: handMadeAddress(1) }],
    ['market:LINK', { kind: 'market', asset: handMadeAddress(4) }],
    ['rate:wstETH', { kind: 'rate', asset: handMadeAddress(1) }],
    ['oracle:wstETH', { kind: 'oracle', asset: handMadeAddress(1) }],
    ['oracle:aave30/wstETH', { kind: 'oracle', asset: handMadeAddress(1), venue: 'aave30' }],
    ['landed', { kind: 'landed' }],
    ['landed:LINK', { kind: 'landed', asset: handMadeAddress(4) }],
    ['feed:LINK / USD', { kind: 'feed', feed: 'LINK' }],
    ['feed:LINK', { kind: 'feed', feed: 'LINK' }],
  ])('%s', (what, expected) => {
    const move = moveNamed(book, what, -0.1);
    expect(move).toEqual({ ...expected, move: -0.1 });
    // What is written can be read again.
    expect(moveNamed(book, moveName(book, move), -0.1)).toEqual(move);
  });

  test.each([
    ['', /names nothing/],
    ['oracle:', /names nothing/],
    ['XYZ', /"XYZ" is not in the book.*References: WETH, LINK/],
    ['reference:wstETH', /no reference "wstETH"/],
    ['feed:XYZ', /no feed "XYZ"; it has WETH \/ USD/],
    ['oracle:nowhere/WETH', /no venue "nowhere"; it has aave30/],
  ])('%j is refused with what is known', (what, message) => {
    expect(() => moveNamed(book, what, -0.1)).toThrow(message);
  });
});
