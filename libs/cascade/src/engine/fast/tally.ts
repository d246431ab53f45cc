import type { AccountRow, Book } from '@undertow/book';
import type { View } from '../../state.ts';
import type { LostDebt } from './lending-desk.ts';
import type { LiveMarket } from './live-market.ts';

/** What a run under way has done so far. */
export interface Tally {
  readonly accountsPerRound: number[];
  accounts: number;
  calls: number;
  liquidatedUsd: number;
  firstRoundUsd: number;
  repaidUsd: number;
  readonly venueLiquidatedUsd: Float64Array;
  readonly assetSeized: Float64Array;
  readonly lost: LostDebt[];
}

/** Of a run that has not begun. */
export const emptyTally = ({ venues, assets }: Book): Tally => ({
  accountsPerRound: [],
  accounts: 0,
  calls: 0,
  liquidatedUsd: 0,
  firstRoundUsd: 0,
  repaidUsd: 0,
  venueLiquidatedUsd: new Float64Array(venues.length),
  assetSeized: new Float64Array(assets.length),
  lost: [],
});

/** What one run did. */
export interface FastRun extends Readonly<Tally> {
  readonly converged: boolean;
  /** At the end: accounts that are due and were not liquidated. */
  readonly due: readonly AccountRow[];
  /** As the run left it; the next run writes it anew. */
  readonly view: View;
  readonly market: LiveMarket;
}
