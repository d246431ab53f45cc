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
  const silent = silentFeeds(book, new Set(answers.map(({ feed }) => feed)));
  const oracles = oraclesOf(book);
  const accounts = accountsOf(book);
  let next = 0;
  return liquidations.map((event) => {
    for (; next < answers.length && answers[next]!.block <= event.block; next++) {
      const row = rowOfFeed.get(answers[next]!.feed);
      if (row !== undefined) now[row] = wholeAnswer(book, row, answers[next]!.answer);
    }
    for (const { row, along } of silent)
      now[row] = (book.feeds[row]!.answer * now[along]!) / book.feeds[along]!.answer;
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

/** Feeds that post nothing, as the average of a pool: they are taken to go along with a feed of the reference that they follow. */
function silentFeeds({ feeds, assets }: Book, posted: ReadonlySet<string>) {
  return feeds.flatMap(({ id, over, under, policy }, row) => {
    if (posted.has(id) || under !== undefined || policy.kind === 'fixed' || over.kind !== 'asset') return [];
    const { reference } = assets[over.row]!;
    const along = feeds.findIndex(
      (feed) => feed.under === undefined && feed.over.kind === 'reference' && feed.over.row === reference,
    );
    return along === -1 ? [] : [{ row, along }];
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

/**
 * The account of a liquidation: of its owner and market, else the owner's one account at the venue that names no market, else that of
 * the owner's accounts which has a leg in the market; of several the next at each liquidation.
 */
function accountsOf({ accounts, venues, legs, markets }: Book) {
  const rows = new Map<string, number>();
  const inMarket = new Map<string, number[]>();
  for (let row = 0; row < accounts.count; row++) {
    const owner = `${venues[accounts.venue[row]!]!.id}\n${accounts.owner[row]!}`;
    rows.set(`${owner}\n${accounts.market[row]!}`, row);
    const own = new Set<string>();
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++)
      own.add(markets[legs.market[leg]!]!.id);
    for (const market of own) {
      const key = `${owner}\n${market}`;
      inMarket.set(key, [...(inMarket.get(key) ?? []), row]);
    }
  }
  const seen = new Map<string, number>();
  return ({ venue, owner, market }: HappenedLiquidation): number | undefined => {
    const key = `${venue}\n${owner}`;
    const found = rows.get(`${key}\n${market}`) ?? rows.get(`${key}\n`);
    if (found !== undefined) return found;
    const several = inMarket.get(`${key}\n${market}`) ?? [];
    const before = seen.get(`${key}\n${market}`) ?? 0;
    seen.set(`${key}\n${market}`, before + 1);
    return several[Math.min(before, several.length - 1)];
  };
}
