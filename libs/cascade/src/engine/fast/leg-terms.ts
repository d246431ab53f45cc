import type { Book } from '@undertow/book';

/**
 * All that a book says of its legs but their amounts, once for each kind of leg: of a hundred thousand accounts most legs are of some
 * hundred kinds, so that their terms stay in the nearest memory and a leg is its amount and the row of its terms.
 */
export interface LegTerms {
  /** By leg, the row of its terms in the columns below. */
  readonly of: Uint32Array;
  readonly count: number;
  readonly oracle: Int32Array;
  readonly asset: Int32Array;
  readonly isOwed: Uint8Array;
  /** See `LEG_ROLES`. */
  readonly role: Uint8Array;
  readonly threshold: Float64Array;
  /** 1 + the liquidation bonus. */
  readonly bonusFactor: Float64Array;
  readonly fee: Float64Array;
  /** 1 + the maintenance margin: what an amount that is owed must be backed by. */
  readonly backed: Float64Array;
  /** Of what is held: 1 = it counts as collateral where debt is repaid and collateral seized, and with a bonus it can be taken. */
  readonly counts: Uint8Array;
  readonly isSeizable: Uint8Array;
}

export function legTerms({ accounts, legs, venues }: Book): LegTerms {
  const of = new Uint32Array(legs.count);
  const kinds: number[] = [];
  const venueOfKind: number[] = [];
  const byOracle = new Map<number, number[]>();
  for (let account = 0; account < accounts.count; account++) {
    const venue = accounts.venue[account]!;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      const own = byOracle.get(legs.oracle[leg]!) ?? [];
      let row = own.find((known) => venueOfKind[known] === venue && areAlike(legs, leg, kinds[known]!));
      if (row === undefined) {
        row = kinds.push(leg) - 1;
        venueOfKind.push(venue);
        own.push(row);
        byOracle.set(legs.oracle[leg]!, own);
      }
      of[leg] = row;
    }
  }
  const counts = Uint8Array.from(kinds, (leg, row) => {
    const { rule } = venues[venueOfKind[row]!]!;
    const seizesAll = rule?.kernel === 'repay-and-seize' && rule.seizesAllSupply;
    return Number(legs.side[leg] === 1 && (legs.liquidationThreshold[leg]! > 0 || seizesAll));
  });
  return {
    of,
    count: kinds.length,
    oracle: Int32Array.from(kinds, (leg) => legs.oracle[leg]!),
    asset: Int32Array.from(kinds, (leg) => legs.asset[leg]!),
    isOwed: Uint8Array.from(kinds, (leg) => Number(legs.side[leg] === -1)),
    role: Uint8Array.from(kinds, (leg) => legs.role[leg]!),
    threshold: Float64Array.from(kinds, (leg) => legs.liquidationThreshold[leg]!),
    bonusFactor: Float64Array.from(kinds, (leg) => 1 + legs.liquidationBonus[leg]!),
    fee: Float64Array.from(kinds, (leg) => legs.liquidationProtocolFee[leg]!),
    backed: Float64Array.from(kinds, (leg) => 1 + legs.maintenanceMargin[leg]!),
    counts,
    isSeizable: counts.map((does, row) => Number(does === 1 && legs.liquidationBonus[kinds[row]!]! > 0)),
  };
}

const areAlike = (legs: Book['legs'], a: number, b: number) =>
  COLUMNS.every((name) => legs[name][a] === legs[name][b]);

/** What tells kinds of legs of a venue and an oracle apart. */
const COLUMNS = [
  ...(['asset', 'side', 'role', 'liquidationThreshold', 'liquidationBonus'] as const),
  ...(['liquidationProtocolFee', 'maintenanceMargin'] as const),
];
