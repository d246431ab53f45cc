import type { AssetRow, OracleRow } from '@undertow/book';
import type { AssetList } from '../lists/asset-list.ts';
import type { OracleList } from '../lists/oracle-list.ts';
import { isPairLike, type ListedMarket, type ListedVenue } from '../lists/venue-list.ts';
import type { Problems } from '../problems.ts';
import { scaledInteger } from '../scaled-integer.ts';
import type { RowPlace } from '../table.ts';
import { POSITION_ROLES, type LegStore, type LegStoreColumns, type PositionRole } from './leg-store.ts';

/** All that positions are read with. */
export interface Lists {
  readonly venues: ReadonlyMap<string, ListedVenue>;
  readonly assets: AssetList;
  readonly oracles: OracleList;
}

/** A leg of an account with its terms and price. */
export interface AccountLeg {
  readonly market: ListedMarket;
  readonly termsMarket: ListedMarket;
  readonly role: PositionRole;
  readonly asset: AssetRow;
  readonly oracle: OracleRow;
  readonly amount: number;
  readonly liquidationThreshold: number;
  readonly liquidationBonus: number;
  readonly place: RowPlace;
}

/** An account of the book to be; or why it is left out, with its debt where that can be priced; or that it owes nothing. */
export type AccountReading =
  | { readonly is: 'account'; readonly venue: ListedVenue; readonly legs: readonly AccountLeg[] }
  | {
      readonly is: 'gap';
      readonly source: string;
      readonly reason: string;
      readonly debtUsd: number | undefined;
    }
  | { readonly is: 'no debt' };

/** Reads one account from its rows in a store, which are in the order of `accountOrder`. */
export class AccountReader {
  readonly #store: LegStore;
  readonly #columns: LegStoreColumns;
  readonly #lists: Lists;
  readonly #problems: Problems;

  constructor(store: LegStore, lists: Lists, problems: Problems) {
    this.#store = store;
    this.#columns = store.columns;
    this.#lists = lists;
    this.#problems = problems;
  }

  read(rows: Uint32Array): AccountReading {
    const { venues } = this.#store;
    const columns = this.#columns;
    const merged = this.#merged(rows);
    if (!merged.some(({ leg }) => POSITION_ROLES[columns.role[leg]!] === 'debt')) return { is: 'no debt' };
    const id = venues.all[columns.venue[rows[0]!]!]!;
    const venue = this.#lists.venues.get(id);
    const gap = (source: string, reason: string): AccountReading => ({
      is: 'gap',
      ...{ source, reason, debtUsd: this.#debtUsd(id, merged) },
    });
    if (!venue) return gap(id, 'the markets table has no terms of the venue');
    const legs: AccountLeg[] = [];
    for (const part of merged) {
      const found = this.#leg(venue, part);
      if (found === undefined) continue;
      if ('reason' in found) return gap(found.market === '' ? id : `${id} ${found.market}`, found.reason);
      legs.push(found);
    }
    if (!legs.some(({ role }) => role === 'debt')) return { is: 'no debt' };
    if (isPairLike(venue)) this.#checkPair(venue, legs);
    return { is: 'account', venue, legs };
  }

  /** Rows of one leg added up; those of nothing left out. */
  #merged(rows: Uint32Array): Part[] {
    const { market, asset, role, amount, terms } = this.#columns;
    const parts: Part[] = [];
    for (const leg of rows) {
      if (amount[leg] === 0) continue;
      const last = parts.at(-1);
      const isSame =
        last !== undefined &&
        market[last.leg] === market[leg] &&
        asset[last.leg] === asset[leg] &&
        role[last.leg] === role[leg];
      if (!isSame) parts.push({ leg, amount: amount[leg]! });
      else {
        if (terms[last.leg] !== terms[leg] || !this.#hasSameTerms(last.leg, leg))
          this.#problems.add(
            this.#store.placeOf(leg),
            undefined,
            'it has other terms than another row of the same leg',
          );
        parts[parts.length - 1] = { leg: last.leg, amount: last.amount + amount[leg]! };
      }
    }
    return parts;
  }

  #hasSameTerms(a: number, b: number): boolean {
    const { threshold, bonus } = this.#columns;
    return Object.is(threshold[a], threshold[b]) && Object.is(bonus[a], bonus[b]);
  }

  /** Undefined where it is nothing, or counts for nothing and has no price. */
  #leg(
    venue: ListedVenue,
    { leg, amount }: Part,
  ): AccountLeg | { readonly market: string; readonly reason: string } | undefined {
    const { markets, assets } = this.#store;
    const columns = this.#columns;
    const symbol = assets.all[columns.asset[leg]!]!;
    const role = POSITION_ROLES[columns.role[leg]!]!;
    const place = this.#store.placeOf(leg);
    const name = markets.all[columns.market[leg]!]!;
    const market = venue.markets.get(name === '' ? symbol : name);
    if (name === '' && isPairLike(venue))
      this.#problems.add(place, 'market', `an account of ${venue.mechanism} must name its market`);
    const oracle = this.#lists.oracles.oracleOf({ venue: venue.id, market: market?.id ?? '', asset: symbol });
    const asset = this.#lists.assets.rowOf.get(symbol);
    const counts = role !== 'supply' || venue.mechanism === 'money-market';
    if (oracle === undefined || asset === undefined)
      return role === 'supply' ? undefined : { market: '', reason: `no price of ${symbol}` };
    if (amount < DUST && scaledInteger(amount, this.#lists.assets.assets[asset]!.decimals) === 0n)
      return undefined;
    if (amount * this.#lists.oracles.oracles[oracle]!.priceUsd > MOST_USD)
      this.#problems.add(
        place,
        'amount',
        `${amount} ${symbol} are worth more than all the money there is: amounts are in whole units`,
      );
    if (!market)
      return counts
        ? { market: name === '' ? symbol : name, reason: 'the markets table has no terms of the market' }
        : undefined;
    this.#checkAsset(venue, market, { symbol, role, place });
    const termsName = markets.all[columns.terms[leg]!]!;
    const terms = termsName === '' ? market : venue.markets.get(termsName);
    if (!terms) return { market: termsName, reason: 'the markets table has no terms of the market' };
    const [threshold, bonus] = [columns.threshold[leg]!, columns.bonus[leg]!];
    const liquidationThreshold = Number.isNaN(threshold) ? terms.liquidationThreshold : threshold;
    if (role === 'collateral' && liquidationThreshold === undefined)
      return { market: terms.id, reason: 'its collateral has no liquidation threshold' };
    const isHeld = role === 'collateral' || (role === 'supply' && venue.mechanism === 'money-market');
    return {
      ...{ market, termsMarket: terms, role, asset, oracle, amount, place },
      liquidationThreshold: role === 'collateral' ? (liquidationThreshold ?? 0) : 0,
      liquidationBonus: isHeld ? (Number.isNaN(bonus) ? terms.liquidationBonus : bonus) : 0,
    };
  }

  #checkAsset(
    venue: ListedVenue,
    market: ListedMarket,
    {
      symbol,
      role,
      place,
    }: { readonly symbol: string; readonly role: PositionRole; readonly place: RowPlace },
  ): void {
    const expected = isPairLike(venue) && role === 'debt' ? market.debtAsset : market.asset;
    if (expected !== undefined && expected !== symbol)
      this.#problems.add(
        place,
        'asset',
        `the market ${market.id} at ${venue.id} has ${expected} as its ${role}`,
      );
  }

  #checkPair({ id, mechanism }: ListedVenue, legs: readonly AccountLeg[]): void {
    const { place } = legs[0]!;
    const counts = (role: PositionRole) => legs.filter((leg) => leg.role === role).length;
    if (counts('supply') > 0 || counts('collateral') > 1 || counts('debt') !== 1)
      this.#problems.add(
        place,
        'role',
        `an account of ${mechanism} at ${id} must have one debt and one collateral, in one market`,
      );
    else if (mechanism === 'cdp' && counts('collateral') === 0)
      this.#problems.add(place, 'role', `an account of ${mechanism} at ${id} must have a collateral`);
  }

  /** Debt at the venue's own prices, or those of all; undefined when part of it has none. */
  #debtUsd(venue: string, parts: readonly Part[]): number | undefined {
    const { markets, assets } = this.#store;
    const columns = this.#columns;
    const { oracleOf, oracles } = this.#lists.oracles;
    let usd = 0;
    for (const { leg, amount } of parts) {
      if (POSITION_ROLES[columns.role[leg]!] !== 'debt') continue;
      const asset = assets.all[columns.asset[leg]!]!;
      const oracle = oracleOf({ venue, market: markets.all[columns.market[leg]!]!, asset });
      if (oracle === undefined) return undefined;
      usd += amount * oracles[oracle]!.priceUsd;
    }
    return usd;
  }
}

/** Amounts below this may be less than a raw unit of their asset. */
const DUST = 1e-6;

/** More than everything in the world is worth, USD: raw units that were taken for whole ones come to that. */
const MOST_USD = 1e15;

/** A row of a store, and what all rows of its leg come to. */
interface Part {
  readonly leg: number;
  readonly amount: number;
}
