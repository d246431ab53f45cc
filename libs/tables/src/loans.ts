import { depthWithin, type DepthCurve } from '@undertow/liquidity';
import { wordsOf } from './lists/venue-list.ts';
import type { LegStore } from './positions/leg-store.ts';
import type { Problems } from './problems.ts';
import type { ReadRow } from './read-rows.ts';
import type { RowPlace } from './table.ts';

type LoanRow = ReadRow<'loans'>;

/** What the venue of a loan is called that names none. */
const VENUE = 'loans';

/** The share of the price within which price sites measure depth. */
const MEASURED_SHARE = 0.02;

/** Something that rows say of an asset or a venue, and where it was said first. */
interface Said {
  readonly value: number;
  readonly place: RowPlace;
}

/** Depth of an asset in dollars, as its rows say. */
export interface SaidDepth {
  readonly asset: string;
  readonly curve: DepthCurve;
  readonly place: RowPlace;
}

/** Takes the rows of the loans table apart into what the other tables have: positions, markets and prices. */
export class Loans {
  readonly #legs: LegStore;
  readonly #problems: Problems;
  readonly #prices = new Map<string, Said>();
  readonly #depths = new Map<string, Said>();
  readonly #closeFactors = new Map<string, Said>();
  readonly #markets = new Map<string, ReadRow<'markets'>>();

  constructor(legs: LegStore, problems: Problems) {
    this.#legs = legs;
    this.#problems = problems;
  }

  add(row: LoanRow): void {
    const { owner, collateral, debt, venue = VENUE, liquidationThreshold, liquidationBonus, place } = row;
    this.#say(this.#prices, collateral, { value: row.collateralPrice, place, column: 'collateralPrice' });
    this.#say(this.#prices, debt, { value: row.debtPrice, place, column: 'debtPrice' });
    this.#say(this.#depths, collateral, {
      value: row.collateralDepthUsd,
      place,
      column: 'collateralDepthUsd',
    });
    this.#say(this.#depths, debt, { value: row.debtDepthUsd, place, column: 'debtDepthUsd' });
    this.#say(this.#closeFactors, venue, { value: row.closeFactor, place, column: 'closeFactor' });
    const market = `${collateral}/${debt}`;
    const key = `${venue}\n${market}`;
    if (!this.#markets.has(key))
      this.#markets.set(key, {
        venue,
        market,
        asset: collateral,
        debtAsset: debt,
        mechanism: 'isolated-pair',
        place,
      });
    // One row is one account, also where an owner has several.
    const account = this.#legs.owners.has(owner) ? `loan-${place.line}` : '';
    const shared = { owner, venue, market, account, terms: '', place };
    const none = { liquidationThreshold: undefined, liquidationBonus: undefined };
    const held = { asset: collateral, role: 'collateral', amount: row.collateralAmount } as const;
    this.#legs.add({ ...shared, ...held, liquidationThreshold, liquidationBonus });
    this.#legs.add({ ...shared, asset: debt, role: 'debt', amount: row.debtAmount, ...none });
  }

  #say(
    said: Map<string, Said>,
    of: string,
    {
      value,
      place,
      column,
    }: { readonly value: number | undefined; readonly place: RowPlace; readonly column: string },
  ): void {
    if (value === undefined) return;
    const before = said.get(of);
    if (!before) said.set(of, { value, place });
    else if (before.value !== value)
      this.#problems.add(
        place,
        column,
        `${of} has ${value} here and ${before.value} in ${wordsOf(before.place)}: say it once`,
      );
  }

  /** Whether any row says how much can be sold or bought. */
  get hasDepth(): boolean {
    return this.#depths.size > 0;
  }

  get markets(): readonly ReadRow<'markets'>[] {
    const closeFactorOf = (venue: string) => {
      const said = this.#closeFactors.get(venue);
      return said ? { closeFactor: said.value } : {};
    };
    return [...this.#markets.values()].map((row) => ({ ...row, ...closeFactorOf(row.venue) }));
  }

  /** Prices of the assets that a prices table does not have; what it has must be the same. */
  pricesBeside(rows: readonly ReadRow<'prices'>[]): readonly ReadRow<'prices'>[] {
    return [...this.#prices].flatMap(([asset, { value, place }]) => {
      const own = rows.find((row) => row.asset === asset && row.venue === undefined);
      if (!own) return [{ asset, price: value, place }];
      if (own.price !== value)
        this.#problems.add(
          place,
          undefined,
          `${asset} is worth ${value} here and ${own.price ?? 'nothing'} in ${wordsOf(own.place)}`,
        );
      return [];
    });
  }

  /** Depth by asset, at the price that the rows of the prices table give. */
  depthsAt(priceUsdOf: (asset: string) => number | undefined): readonly SaidDepth[] {
    return [...this.#depths].flatMap(([asset, { value, place }]) => {
      const price = priceUsdOf(asset);
      if (price === undefined) return [];
      return [{ asset, curve: depthWithin({ price, share: MEASURED_SHARE, quoteUnits: value }), place }];
    });
  }
}
