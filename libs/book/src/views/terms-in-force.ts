import type { Book, BookMarket } from '../book.ts';
import { mechanisms } from '../mechanisms.ts';
import type { MarketRow, VenueRow } from '../rows.ts';
import { collateralByMarket, legsOfTerm } from '../terms/collateral-on.ts';
import type { MarketTerm, VenueTerm } from '../terms/override.ts';

/** A term that `withTerms` may change, as it is. */
export interface TermValue<Field extends string = MarketTerm | VenueTerm> {
  readonly field: Field;
  /** A ratio; of caps whole units. Undefined where there is no cap, or it is not the same for all accounts. */
  readonly value: number | undefined;
}

/** What may be changed of a market. */
export interface MarketTerms {
  /** What `parseOverride` knows it by at its venue: its label where no other market has it, else its id. */
  readonly name: string;
  /** Those in force; only caps where no account of the book has collateral on them. */
  readonly terms: readonly TermValue<MarketTerm>[];
  /** Assets that accounts hold as collateral on these terms. */
  readonly assets: readonly { readonly asset: string; readonly symbol: string }[];
}

/** The terms of every market, in the order of the book. */
export function marketTerms(book: Book): MarketTerms[] {
  const byMarket = collateralByMarket(book);
  return book.markets.map((market, row) => {
    const on = byMarket.onTerms[row]!;
    const { mechanism } = book.venues[market.venue]!;
    const held = [...new Set(on.map((leg) => book.legs.asset[leg]!))];
    return {
      name: nameOf(book, market),
      terms: mechanisms[mechanism].terms.market.flatMap((field): TermValue<MarketTerm>[] => {
        if (field === 'supplyCap' || field === 'borrowCap') return [{ field, value: market[field] }];
        const ofTerm = legsOfTerm(book, row as MarketRow, field, byMarket);
        if (ofTerm.length === 0) return [];
        return [{ field, value: shared(ofTerm.map((leg) => book.legs[field][leg]!)) }];
      }),
      assets: held.map((asset) => ({
        asset: book.assets[asset]!.address,
        symbol: book.assets[asset]!.symbol,
      })),
    };
  });
}

/** The terms of a whole venue. */
export function venueTerms({ venues }: Book, row: VenueRow): TermValue<VenueTerm>[] {
  const { mechanism, rule } = venues[row]!;
  return mechanisms[mechanism].terms.venue.flatMap((field) => {
    const value: unknown = rule && Object.entries(rule).find(([name]) => name === field)?.[1];
    return typeof value === 'number' ? [{ field, value }] : [];
  });
}

function nameOf({ markets }: Book, { label, id, venue }: BookMarket): string {
  const isAlone = markets.every((one) => one.label !== label || one.venue !== venue || one.id === id);
  return isAlone ? label : id;
}

const shared = ([first, ...others]: readonly number[]) =>
  others.every((value) => value === first) ? first : undefined;
