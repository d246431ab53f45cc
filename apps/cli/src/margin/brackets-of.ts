import { readFileSync } from 'node:fs';
import type { Book } from '@undertow/book';
import { tieredRequirement, type BracketsOf, type MarginBracket } from '@undertow/margin';
import { z } from 'zod';
import { asUsage, UsageError } from '../explain-error.ts';

/** A file of brackets: tables of margins by size, each for one market of perpetuals, or for all of a venue. */
const FILE = z
  .array(
    z.strictObject({
      venue: z.string(),
      /** Id or label; all markets of the venue that have no table of their own where it is left out. */
      market: z.string().optional(),
      tiers: z.array(
        z.strictObject({ fromUsd: z.number(), initialMargin: z.number(), maintenanceMargin: z.number() }),
      ),
    }),
  )
  .min(1);

const FORM =
  'It must be a list such as [{"venue": "perp-v2@devnet", "market": "ETH/USD", "tiers": [{"fromUsd": 0, "initialMargin": 0.1, "maintenanceMargin": 0.0625}]}]; market may be left out.';

/**
 * Tables of margins by size from a JSON file, for the perpetuals of a book.
 *
 * @throws UsageError for a file that is none, for venues and markets that the book lacks or that have no perpetuals, for a market that
 *   has two tables, and for tables that contradict themselves.
 */
export function bracketsOf(path: string, book: Book): BracketsOf {
  const found = new Map<string, readonly MarginBracket[]>();
  for (const [place, { venue, market, tiers }] of fileOf(path).entries()) {
    const where = `${path}: table ${place + 1}`;
    const key = keyOf(venue, market === undefined ? undefined : marketId(book, { venue, market, where }));
    if (market === undefined) checkVenue(book, { venue, where });
    if (found.has(key)) throw new UsageError(`${where} is the second of ${venue} ${market ?? ''}`.trimEnd());
    asUsage(() => tieredRequirement(0, tiers), `${where}: `);
    found.set(key, tiers);
  }
  return ({ venue, market }) => found.get(keyOf(venue, market)) ?? found.get(keyOf(venue, undefined));
}

const keyOf = (venue: string, market: string | undefined): string => JSON.stringify([venue, market ?? null]);

function fileOf(path: string): z.infer<typeof FILE> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as brackets: ${(cause as Error).message}`, { cause });
  }
  const { data, error } = FILE.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  const place = issue!.path.length === 0 ? '' : ` at ${issue!.path.join('.')}`;
  throw new UsageError(`${path}${place}: ${issue!.message}. ${FORM}`);
}

/** The row of a venue whose positions are margined by their size. */
function checkVenue(
  book: Book,
  { venue, where }: { readonly venue: string; readonly where: string },
): number {
  const perpetual = book.venues.filter(({ rule }) => rule?.kernel === 'close-position');
  const known = perpetual.map(({ id }) => id).join(', ') || 'none';
  const row = book.venues.findIndex(({ id }) => id === venue);
  if (row === -1)
    throw new UsageError(`${where}: the book has no venue ${venue}; those with perpetuals: ${known}`);
  if (book.venues[row]!.rule?.kernel !== 'close-position')
    throw new UsageError(
      `${where}: ${venue} has no perpetuals, so that no bracket applies; those with some: ${known}`,
    );
  return row;
}

function marketId(
  book: Book,
  { venue, market, where }: { readonly venue: string; readonly market: string; readonly where: string },
): string {
  const row = checkVenue(book, { venue, where });
  const markets = book.markets.filter((one) => one.venue === row);
  const found = markets.filter(({ id, label }) => id === market || label === market);
  if (found.length === 1) return found[0]!.id;
  const known = markets.map(({ id, label }) => (label === '' ? id : label)).join(', ');
  throw new UsageError(
    found.length === 0
      ? `${where}: ${venue} has no market ${market}; it has ${known}`
      : `${where}: several markets of ${venue} are called ${market}; name one by its id: ${found.map(({ id }) => id).join(', ')}`,
  );
}
