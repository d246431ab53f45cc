import type { Address, MarketId } from '@undertow/market';
import type { LedgerAccount, LedgerLeg, LedgerPosition } from './ledger.ts';

/** Accounts in little room: most of a ledger is legs, and what they are called need not be said for each. */
export interface PackedAccounts {
  /** Markets of legs, which name them by their row here. */
  readonly markets: readonly MarketId[];
  readonly accounts: readonly PackedAccount[];
}

type PackedAccount = readonly [
  owner: Address,
  category: number,
  /** Of each leg its market's row, collateral shares, debt shares and whether it is enabled, one after the other. */
  legs: readonly (number | bigint | boolean)[],
  positions: readonly (readonly [string, LedgerPosition])[],
];

/** Where a leg's fields are, behind its market. Whoever adds a field packs it here too. */
const CELL: Readonly<Record<keyof LedgerLeg, number>> = {
  collateralShares: 1,
  debtShares: 2,
  collateralEnabled: 3,
};
const LEG_CELLS = 4;

type Entry = readonly [Address, LedgerAccount];

export function packAccounts(entries: readonly Entry[]): PackedAccounts {
  const rows = new Map<MarketId, number>();
  const rowOf = (market: MarketId) => {
    const known = rows.get(market);
    if (known !== undefined) return known;
    rows.set(market, rows.size);
    return rows.size - 1;
  };
  const accounts = entries.map(([owner, { category, legs, positions }]): PackedAccount => {
    const cells: (number | bigint | boolean)[] = [];
    for (const [market, { collateralShares, debtShares, collateralEnabled }] of legs)
      cells.push(rowOf(market), collateralShares, debtShares, collateralEnabled);
    return [owner, category, cells, [...positions]];
  });
  return { markets: [...rows.keys()], accounts };
}

export function* unpackAccounts({ markets, accounts }: PackedAccounts): Generator<Entry> {
  for (const [owner, category, cells, positions] of accounts) {
    const legs = new Map<MarketId, LedgerLeg>();
    for (let at = 0; at < cells.length; at += LEG_CELLS) {
      legs.set(markets[cells[at] as number]!, {
        collateralShares: cells[at + CELL.collateralShares] as bigint,
        debtShares: cells[at + CELL.debtShares] as bigint,
        collateralEnabled: cells[at + CELL.collateralEnabled] as boolean,
      });
    }
    yield [owner, { category, legs, positions: new Map(positions) }];
  }
}
