import type { RowPlace } from '../table.ts';
import { growingBytes, growingFloats, growingIntegers } from './growing.ts';
import { Names } from './names.ts';

/** What a position is to its owner, as numbers of a column. */
export const POSITION_ROLES = ['collateral', 'supply', 'debt'] as const;
export type PositionRole = (typeof POSITION_ROLES)[number];

/** One position, by names. */
export interface Position {
  readonly owner: string;
  readonly venue: string;
  /** '' = that of the asset. */
  readonly market: string;
  readonly asset: string;
  readonly role: PositionRole;
  readonly amount: number;
  readonly account: string;
  /** '' = the market's own. */
  readonly terms: string;
  /** Undefined = that of the terms. */
  readonly liquidationThreshold: number | undefined;
  readonly liquidationBonus: number | undefined;
  readonly place: RowPlace;
}

/** Positions as columns, in the order in which they came; what is text stands once. NaN = not said. */
export class LegStore {
  readonly owners = new Names();
  readonly venues = new Names();
  readonly markets = new Names();
  readonly assets = new Names();
  readonly accounts = new Names();
  readonly files = new Names();

  readonly #owner = growingIntegers();
  readonly #venue = growingIntegers();
  readonly #market = growingIntegers();
  readonly #asset = growingIntegers();
  readonly #account = growingIntegers();
  readonly #terms = growingIntegers();
  readonly #role = growingBytes();
  readonly #amount = growingFloats();
  readonly #threshold = growingFloats();
  readonly #bonus = growingFloats();
  readonly #file = growingIntegers();
  readonly #line = growingIntegers();

  add(position: Position): void {
    this.#owner.push(this.owners.numberOf(position.owner));
    this.#venue.push(this.venues.numberOf(position.venue));
    this.#market.push(this.markets.numberOf(position.market));
    this.#asset.push(this.assets.numberOf(position.asset));
    this.#account.push(this.accounts.numberOf(position.account));
    this.#terms.push(this.markets.numberOf(position.terms));
    this.#role.push(POSITION_ROLES.indexOf(position.role));
    this.#amount.push(position.amount);
    this.#threshold.push(position.liquidationThreshold ?? NaN);
    this.#bonus.push(position.liquidationBonus ?? NaN);
    this.#file.push(this.files.numberOf(position.place.file));
    this.#line.push(position.place.line);
  }

  get count(): number {
    return this.#amount.length;
  }

  /** The columns, without a copy. */
  get columns(): LegStoreColumns {
    return {
      owner: this.#owner.values,
      venue: this.#venue.values,
      market: this.#market.values,
      asset: this.#asset.values,
      account: this.#account.values,
      terms: this.#terms.values,
      role: this.#role.values,
      amount: this.#amount.values,
      threshold: this.#threshold.values,
      bonus: this.#bonus.values,
    };
  }

  placeOf(leg: number): RowPlace {
    return { file: this.files.all[this.#file.values[leg]!]!, line: this.#line.values[leg]! };
  }
}

/** By leg; texts are numbers of `Names`. */
export interface LegStoreColumns {
  readonly owner: Uint32Array;
  readonly venue: Uint32Array;
  readonly market: Uint32Array;
  readonly asset: Uint32Array;
  readonly account: Uint32Array;
  readonly terms: Uint32Array;
  /** See `POSITION_ROLES`. */
  readonly role: Uint8Array;
  readonly amount: Float64Array;
  readonly threshold: Float64Array;
  readonly bonus: Float64Array;
}
