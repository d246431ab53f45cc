import { marketPrices, type Book, type PriceState } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { followMarkets, spreadMoved, type FeedMoves } from './market/follow.ts';
import { openPlaces, type Market, type Places } from './market/market.ts';
import { standsForReference } from './market/price-tree.ts';
import { unknownReference } from './moved-names.ts';
import type { Move, Scenario } from './scenario.ts';

/** A book right after a shock, before anybody has reacted. */
export interface Shocked {
  readonly places: Places;
  /** By node: 1 = moved by the scenario, or hanging on something that was. */
  readonly moved: Uint8Array;
  readonly feeds: FeedMoves;
  readonly prices: PriceState;
  readonly volatilityFactor: number;
}

/**
 * Moves markets, feeds and oracles by a scenario.
 *
 * A named reference or asset stands at its first oracle price × (1 + move), as after arbitrage; what is tied to it moves along,
 * unless it is named itself: then its own number is all that it moves by. Markets of everything else stay where they are.
 *
 * @throws BadDataError for what the book lacks, for a move that is no number above -1, and for two moves that contradict.
 */
export function shocked(book: Book, market: Market, scenario: Scenario): Shocked {
  const { tree } = market;
  for (const move of scenario.moves) checkMove(move.move, nameOf(move));
  const targets = targetsOf(book, market, scenario.moves);
  const ownMoved = new Uint8Array(tree.count);
  for (const node of targets.keys()) ownMoved[node] = 1;
  const moved = spreadMoved(tree, ownMoved);
  const own = ownFactors(book, market, { targets, moved });
  const places = openPlaces(market, own, depegged(book, scenario.moves));
  const feeds = feedMoves(book, scenario);
  const prices = followMarkets(book, tree, { priceUsd: places.priceUsd, moved, moves: feeds });
  const volatility = scenario.volatilityMove ?? 0;
  checkMove(volatility, 'the volatilities');
  return { places, moved, feeds, prices, volatilityFactor: 1 + volatility };
}

/** What a scenario does to one node of the price tree. */
interface Target {
  /** Price after ÷ first oracle price, or ÷ that of what it hangs on where only its rate moves. */
  readonly factor: number;
  readonly isRate: boolean;
}

function targetsOf(book: Book, { tree }: Market, moves: readonly Move[]): Map<number, Target> {
  const targets = new Map<number, Target>();
  for (const move of moves) {
    if (move.kind === 'feed' || move.kind === 'oracle' || move.kind === 'landed') continue;
    const node = nodeOf(book, tree.references, move);
    const target = { factor: 1 + move.move, isRate: move.kind === 'rate' };
    const before = targets.get(node);
    if (before && (before.factor !== target.factor || before.isRate !== target.isRate))
      throw new BadDataError(`${nameOf(move)} is moved twice, by different amounts: name it once`);
    targets.set(node, target);
  }
  return targets;
}

/** Asset rows that are no longer worth their ratio and have a market of their own, where alone they trade then. */
function depegged(book: Book, moves: readonly Move[]): Set<number> {
  const rows = new Set<number>();
  for (const move of moves) {
    if (move.kind !== 'asset' && move.kind !== 'market') continue;
    const row = assetRow(book, move.asset);
    if (!standsForReference(book.assets[row]!) && book.depth[row]) rows.add(row);
  }
  return rows;
}

function nodeOf(
  book: Book,
  references: number,
  move: Extract<Move, { kind: 'reference' | 'asset' | 'market' | 'rate' }>,
): number {
  if (move.kind === 'reference') {
    if (move.symbol === 'USD')
      throw new BadDataError('USD cannot move: all prices are in it; name an asset or another reference');
    const row = book.references.findIndex(({ symbol }) => symbol === move.symbol);
    if (row !== -1) return row;
    throw new BadDataError(unknownReference(book, move.symbol));
  }
  const row = assetRow(book, move.asset);
  const asset = book.assets[row]!;
  if (move.kind === 'rate' && asset.tie.kind !== 'redeemable')
    throw new BadDataError(`${asset.symbol} is not redeemed at a ratio, so that it has no rate to move`);
  return standsForReference(asset) ? asset.reference : references + row;
}

function assetRow({ assets }: Book, address: string): number {
  const row = assets.findIndex((asset) => asset.address === address);
  if (row !== -1) return row;
  const known = assets.map((asset) => `${asset.address} (${asset.symbol})`).join(', ') || 'none';
  throw new BadDataError(`the book has no asset ${address} to move; it names ${known}`);
}

/** Own factors by node: of what is moved relative to the first oracle price, of the rest where the pools stand. */
function ownFactors(
  book: Book,
  { tree }: Market,
  { targets, moved }: { readonly targets: ReadonlyMap<number, Target>; readonly moved: Uint8Array },
): Float64Array {
  const own = new Float64Array(tree.count).fill(1);
  const priceUsd = new Float64Array(tree.count);
  const standing = new Map<number, number>();
  for (const [row, { marketPriceUsd: pool, ...asset }] of book.assets.entries())
    if (pool !== undefined)
      standing.set(standsForReference(asset) ? asset.reference : tree.references + row, pool);
  const factor = new Float64Array(tree.count).fill(1);
  for (const node of tree.order) {
    const base = tree.base[node]!;
    const below = base === -1 ? 1 : priceUsd[base]!;
    const target = targets.get(node);
    const baseFactor = base === -1 ? 1 : factor[base]!;
    if (target) factor[node] = target.isRate ? baseFactor * target.factor : target.factor;
    else factor[node] = baseFactor;
    if (moved[node] === 1) own[node] = factor[node]! / baseFactor;
    else if (standing.has(node)) own[node] = standing.get(node)! / (below * tree.ratio[node]!);
    priceUsd[node] = below * tree.ratio[node]! * own[node]!;
  }
  return own;
}

function feedMoves(book: Book, { moves, landsAtUsd }: Scenario): FeedMoves {
  const feedFactor = new Float64Array(book.feeds.length).fill(1);
  const isFrozen = new Uint8Array(book.feeds.length);
  const oracleFactor = new Float64Array(book.oracles.length).fill(1);
  const landed = new Map<number, number>();
  const named = new Set<string>();
  const once = (key: string, move: Move) => {
    if (named.has(key)) throw new BadDataError(`${nameOf(move)} is moved twice: name it once`);
    named.add(key);
  };
  for (const move of moves) {
    if (move.kind === 'feed') {
      const row = book.feeds.findIndex(({ id }) => id === move.feed);
      if (row === -1) throw new BadDataError(`the book has no feed ${move.feed}`);
      once(`feed ${row}`, move);
      feedFactor[row] = 1 + move.move;
    } else if (move.kind === 'oracle') {
      for (const row of oracleRows(book, move)) {
        once(`oracle ${row}`, move);
        oracleFactor[row]! *= 1 + move.move;
      }
    } else if (move.kind === 'landed') {
      for (const [row, factor] of landedFactors(book, move, landsAtUsd)) {
        once(`oracle ${row}`, move);
        landed.set(row, factor);
      }
    } else if (move.kind === 'rate') {
      for (const row of rateOracles(book, move.asset)) oracleFactor[row]! *= 1 + move.move;
    } else if (move.kind === 'market') {
      for (const [row, feed] of book.feeds.entries()) if (follows(book, feed, move.asset)) isFrozen[row] = 1;
    }
  }
  const priceFactor = oracleFactor.map((factor, row) => factor * (landed.get(row) ?? 1));
  for (const [row, factor] of landed) {
    const source = book.exact.source[row];
    oracleFactor[row] = source?.form === 'pair' ? factor / (landed.get(source.debt) ?? 1) : factor;
  }
  return { feedFactor, isFrozen, oracleFactor, priceFactor };
}

/** By oracle row: its price once it has gone its share of the way to the market ÷ its price now. */
function landedFactors(
  book: Book,
  { asset, move }: Extract<Move, { kind: 'landed' }>,
  landsAtUsd: Scenario['landsAtUsd'],
): readonly (readonly [row: number, factor: number])[] {
  const market = landsAtUsd ? book.assets.map(({ address }) => landsAtUsd[address]) : marketPrices(book);
  for (const [row, priceUsd] of market.entries())
    if (priceUsd !== undefined && !(priceUsd > 0 && Number.isFinite(priceUsd)))
      throw new BadDataError(`${book.assets[row]!.symbol} lands at ${priceUsd}: a price must be above 0`);
  const named = asset === undefined ? undefined : assetRow(book, asset);
  const found = book.oracles.flatMap((oracle, row): [number, number][] => {
    const marketUsd = named === undefined || oracle.asset === named ? market[oracle.asset] : undefined;
    return marketUsd === undefined ? [] : [[row, 1 + move * (marketUsd / oracle.priceUsd - 1)]];
  });
  if (found.length > 0) return found;
  throw new BadDataError(
    named === undefined
      ? 'no asset of the book has a market, so that no oracle can land'
      : `nobody can say what ${book.assets[named]!.symbol} trades at, so that its oracles cannot land`,
  );
}

function follows(book: Book, { over, under }: Book['feeds'][number], address: string): boolean {
  const row = assetRow(book, address);
  const { reference } = book.assets[row]!;
  const isReference = standsForReference(book.assets[row]!);
  return [over, under].some(
    (node) =>
      (node?.kind === 'asset' && node.row === row) ||
      (node?.kind === 'reference' && isReference && node.row === reference),
  );
}

/** The oracles of an asset that go by its rate: made of feeds of which none follows the asset's own market. */
function rateOracles(book: Book, address: string): number[] {
  const { oracles, feeds } = book;
  const asset = assetRow(book, address);
  return oracles.flatMap((oracle, row) => {
    const asked = oracle.formula.terms.map(({ feed }) => feeds[feed]!);
    const isByRate = asked.length > 0 && !asked.some((feed) => follows(book, feed, address));
    return oracle.asset === asset && isByRate ? [row] : [];
  });
}

/** The oracles of an asset, all or those that a venue asks. */
function oracleRows(book: Book, move: Extract<Move, { kind: 'oracle' }>): number[] {
  const asset = assetRow(book, move.asset);
  const rows = book.oracles.flatMap((oracle, row) => (oracle.asset === asset ? [row] : []));
  if (move.venue === undefined) return rows;
  const venue = book.venues.findIndex(({ id }) => id === move.venue);
  if (venue === -1)
    throw new BadDataError(
      `the book has no venue ${move.venue}; it has ${book.venues.map(({ id }) => id).join(', ')}`,
    );
  const asked = new Set<number>();
  const { accounts, legs } = book;
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venue) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
      asked.add(legs.oracle[leg]!);
  }
  const found = rows.filter((row) => asked.has(row));
  if (found.length === 0)
    throw new BadDataError(`no account at ${move.venue} has ${book.assets[asset]!.symbol}`);
  return found;
}

function checkMove(move: number, of: string): void {
  if (Number.isFinite(move) && move > -1) return;
  throw new BadDataError(`a move must be a ratio above -1 (-0.2 = 20 % down), but that of ${of} is ${move}`);
}

function nameOf(move: Move): string {
  if (move.kind === 'reference') return move.symbol;
  if (move.kind === 'feed') return `the feed ${move.feed}`;
  if (move.kind === 'landed') return move.asset ? `the oracle of ${move.asset}` : 'an oracle';
  return move.kind === 'oracle' ? `the oracle of ${move.asset}` : move.asset;
}
