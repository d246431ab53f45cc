import { formulaPriceUsd, type Book } from '@undertow/book';
import type { Happened, HappenedLiquidation } from './happened.ts';
import { wholeAnswer } from './moves-that-came.ts';

/** A liquidation with what it was worth, and the account of the book that it was of. */
export interface ValuedEvent extends HappenedLiquidation {
  /** Row of the account in the book; undefined where the owner had none there. */
  readonly account: number | undefined;
  readonly collateralSymbol: string;
  readonly debtSymbol: string;
  /** Whole units; undefined of an asset that the book lacks. */
  readonly seizedUnits: number | undefined;
  readonly repaidUnits: number | undefined;
  /** At the prices of the venue's own oracles when it happened; undefined where the book has no such price. */
  readonly seizedUsd: number | undefined;
  readonly repaidUsd: number | undefined;
  readonly badDebtUsd: number | undefined;
}

/** Liquidations at what feeds had answered by their block. */
export function valuedEvents(book: Book, { liquidations, answers }: Happened): ValuedEvent[] {
  const rowOfFeed = new Map(book.feeds.map(({ id }, row) => [id as string, row]));
  const now = Float64Array.from(book.feeds, ({ answer }) => answer);
  const assets = new Map(book.assets.map(({ address }, row) => [address as string, row]));
  const oracles = oraclesOf(book);
  const accounts = accountsOf(book);
  let next = 0;
  return liquidations.map((event) => {
    for (; next < answers.length && answers[next]!.block <= event.block; next++) {
      const row = rowOfFeed.get(answers[next]!.feed);
      if (row !== undefined) now[row] = wholeAnswer(book, row, answers[next]!.answer);
    }
    const priced = (address: string, raw: string) => {
      const row = assets.get(address);
      if (row === undefined) return { symbol: address, units: undefined, usd: undefined };
      const { symbol, decimals } = book.assets[row]!;
      const units = Number(raw) / 10 ** decimals;
      const oracle =
        oracles.get(`${event.venue}\n${row}`) ?? book.oracles.findIndex(({ asset }) => asset === row);
      const usd = oracle === -1 ? undefined : units * formulaPriceUsd(book.oracles[oracle]!.formula, now);
      return { symbol, units, usd };
    };
    const seized = priced(event.collateralAsset, event.seized);
    const repaid = priced(event.debtAsset, event.repaid);
    return {
      ...event,
      account: accounts(event),
      ...{ collateralSymbol: seized.symbol, seizedUnits: seized.units, seizedUsd: seized.usd },
      ...{ debtSymbol: repaid.symbol, repaidUnits: repaid.units, repaidUsd: repaid.usd },
      badDebtUsd: priced(event.debtAsset, event.badDebt).usd,
    };
  });
}

/** Which oracle a venue asks of an asset, by venue and row of the asset. */
function oraclesOf({ accounts, legs, venues }: Book): Map<string, number> {
  const found = new Map<string, number>();
  for (let account = 0; account < accounts.count; account++)
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const key = `${venues[accounts.venue[account]!]!.id}\n${legs.asset[leg]!}`;
      if (!found.has(key)) found.set(key, legs.oracle[leg]!);
    }
  return found;
}

/** The account of a liquidation: of its owner and market, else the owner's one account at the venue. */
function accountsOf({ accounts, venues }: Book) {
  const rows = new Map<string, number>();
  const alone = new Map<string, number | undefined>();
  for (let row = 0; row < accounts.count; row++) {
    const owner = `${venues[accounts.venue[row]!]!.id}\n${accounts.owner[row]!}`;
    rows.set(`${owner}\n${accounts.market[row]!}`, row);
    alone.set(owner, alone.has(owner) ? undefined : row);
  }
  return ({ venue, owner, market }: HappenedLiquidation): number | undefined =>
    rows.get(`${venue}\n${owner}\n${market}`) ??
    rows.get(`${venue}\n${owner}\n`) ??
    alone.get(`${venue}\n${owner}`);
}
