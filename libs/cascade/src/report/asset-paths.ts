import { restingPriceUsd, type AssetRow, type Book } from '@undertow/book';
import { marketPriceUsd, type Market } from '../market/market.ts';
import type { AssetPath } from '../result.ts';
import type { Run } from '../run.ts';
import type { State } from '../state.ts';
import { liquidationsOf, type Call } from '../open-round.ts';

/** Every asset from one state to another, with what calls did meanwhile. */
export function assetPaths(
  market: Market,
  at: { readonly before: Stand; readonly after: Stand; readonly calls: readonly Call[] },
): AssetPath[] {
  const { book } = market;
  const seized = seizedBy(book, at.calls);
  const traded = tradedBy(book, at.calls);
  return book.assets.map(({ address, symbol }, row) => ({
    asset: address,
    symbol,
    oracleBeforeUsd: at.before.oracleUsd[row]!,
    oracleAfterUsd: at.after.oracleUsd[row]!,
    marketBeforeUsd: at.before.marketUsd[row]!,
    marketAfterUsd: at.after.marketUsd[row]!,
    seized: seized[row]!,
    sold: traded.sold[row]!,
    bought: traded.bought[row]!,
    exchanged: traded.exchanged[row]!,
    unsold: traded.unsold[row]!,
    unbought: traded.unbought[row]!,
  }));
}

/** What calls traded, by asset row. */
function tradedBy({ assets }: Book, calls: readonly Call[]) {
  const column = () => new Float64Array(assets.length);
  const sums = {
    sold: column(),
    bought: column(),
    exchanged: column(),
    unsold: column(),
    unbought: column(),
  };
  for (const { trade } of calls)
    for (const done of trade.assets) {
      sums.sold[done.asset]! += done.sold;
      sums.bought[done.asset]! += done.bought;
      sums.exchanged[done.asset]! += done.exchanged;
      sums.unsold[done.asset]! += done.unsold;
      sums.unbought[done.asset]! += done.unbought;
    }
  return sums;
}

/** Prices by asset row, USD. */
export interface Stand {
  /** What the asset's first oracle says; of an asset without one, its market. */
  readonly oracleUsd: Float64Array;
  readonly marketUsd: Float64Array;
}

/** Where prices stand in a state. */
export function standOf(market: Market, { places, prices }: Pick<State, 'places' | 'prices'>): Stand {
  const { assets, oracles } = market.book;
  const first = assets.map((_, row) => oracles.findIndex(({ asset }) => asset === row));
  const marketUsd = Float64Array.from(assets, (_, row) => marketPriceUsd(market, places, row));
  const oracleUsd = Float64Array.from(first, (oracle, row) =>
    oracle === -1 ? marketUsd[row]! : prices.oraclePriceUsd[oracle]!,
  );
  return { oracleUsd, marketUsd };
}

/** Where prices stand in the book, before any shock. */
export const standOfBook = (book: Book): Stand => ({
  oracleUsd: Float64Array.from(book.assets, ({ oraclePriceUsd }) => oraclePriceUsd),
  marketUsd: Float64Array.from(
    book.assets,
    ({ marketPriceUsd: pool }, row) => pool ?? restingPriceUsd(book, row as AssetRow),
  ),
});

/** Whether anything happened to an asset. */
export function isTouched(path: AssetPath): boolean {
  const amounts = [path.seized, path.sold, path.bought, path.exchanged, path.unsold, path.unbought];
  const hasMoved =
    path.oracleAfterUsd !== path.oracleBeforeUsd || path.marketAfterUsd !== path.marketBeforeUsd;
  return hasMoved || amounts.some((amount) => amount !== 0);
}

/** Units taken from accounts' own collateral. */
function seizedBy(book: Book, calls: readonly Call[]): Float64Array {
  const { accounts, legs } = book;
  const seized = new Float64Array(book.assets.length);
  for (const { account, effects } of liquidationsOf([{ calls }])) {
    const [start, end] = [accounts.legStart[account]!, accounts.legStart[account + 1]!];
    for (const effect of effects) {
      if (effect.kind !== 'leg' || effect.delta >= 0 || legs.side[effect.leg] !== 1) continue;
      if (effect.leg >= start && effect.leg < end) seized[legs.asset[effect.leg]!]! -= effect.delta;
    }
  }
  return seized;
}

/** Symbols of assets whose market stands at an end of its curve at the end of a run, or took not all that was offered to it. */
export function endedMarkets({ world, steps, end }: Run): string[] {
  const { book, market } = world;
  const left = new Set<number>();
  const traded = new Set<number>();
  for (const { calls } of steps)
    for (const { trade } of calls)
      for (const { asset, unsold, unbought, ownMove } of trade.assets) {
        if (unsold + unbought > 0) left.add(asset);
        if (ownMove !== 1) traded.add(asset);
      }
  return book.assets.flatMap(({ symbol }, row) => {
    const curve = market.depth[row];
    if (!curve) return [];
    const place = Math.sqrt(
      marketPriceUsd(market, end.places, row) / marketPriceUsd(market, end.places, curve.quote),
    );
    const isAtEnd =
      place <= curve.sqrtPrice[0]! * (1 + 1e-9) || place >= curve.sqrtPrice.at(-1)! * (1 - 1e-9);
    return left.has(row) || (isAtEnd && traded.has(row)) ? [symbol] : [];
  });
}
