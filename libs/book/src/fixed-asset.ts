import type { Book } from './book.ts';

/** Whether every venue takes the asset's price as given: it is cash, and no shock moves it. */
export const isFixedAsset = ({ oracles }: Pick<Book, 'oracles'>, asset: number): boolean =>
  oracles.every((oracle) => oracle.asset !== asset || oracle.isFixed);

/** As many assets as a sentence names. */
const MOST_NAMED = 8;

/**
 * Why a shock to an asset could move nothing, and what would move the accounts that have it, in a sentence for a person;
 * undefined where a shock moves it: its price at some venue, its own market, or what is derived from it.
 */
export function whyNoShock(book: Book, address: string): string | undefined {
  const row = book.assets.findIndex((asset) => asset.address === address);
  const hasMarket =
    Boolean(book.depth[row]) || book.assets.some(({ derivedFrom }) => derivedFrom?.asset === row);
  if (row === -1 || hasMarket || !isFixedAsset(book, row)) return undefined;
  const { symbol, oraclePriceUsd } = book.assets[row]!;
  const venues = new Set<number>();
  for (const { venue, asset } of book.funds) if (asset === row) venues.add(venue);
  forEachLeg(book, (venue, asset) => asset === row && venues.add(venue));
  const moving = new Set<number>();
  forEachLeg(book, (venue, asset, leg) => {
    if (venues.has(venue) && !book.oracles[book.legs.oracle[leg]!]!.isFixed) moving.add(asset);
  });
  const names = [...moving].sort((a, b) => a - b).map((asset) => book.assets[asset]!.symbol);
  const rest = names.length > MOST_NAMED ? ', …' : '';
  const where = [...venues].sort((a, b) => a - b).map((venue) => book.venues[venue]!.id);
  return [
    `${symbol} cannot be shocked: ${where.join(', ') || 'its venue'} takes it as worth ${oraclePriceUsd} USD whatever a market says, so nothing would change.`,
    names.length === 0
      ? 'Nothing else there has a price that moves.'
      : `What moves accounts there: ${names.slice(0, MOST_NAMED).join(', ')}${rest}.`,
  ].join(' ');
}

function forEachLeg(
  { accounts, legs }: Book,
  visit: (venue: number, asset: number, leg: number) => void,
): void {
  for (let account = 0; account < accounts.count; account++) {
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
      visit(accounts.venue[account]!, legs.asset[leg]!, leg);
  }
}
