import { roleCode } from '../book.ts';
import type { BookContent } from '../file/canonical.ts';
import type { VenueRow } from '../rows.ts';
import type { MechanismTerms } from '../terms/mechanism-terms.ts';

/** Where `settlementState` has each term. */
const PLACE: Readonly<Record<string, number>> = { maintenanceMargin: 2, liquidationPenalty: 3 };

/** How many integers `settlementState` has; other markets of the venue have fewer. */
const SETTLEMENT_LENGTH = 10;

/** What holds for all accounts of a venue; in the contract's integers it is kept with the settlement token's market. */
export const marginTerms: MechanismTerms = {
  market: [],
  venue: ['maintenanceMargin', 'liquidationPenalty'],
  followVenue(book, { venue, field, value }): BookContent {
    const { exact, markets } = book;
    const place = PLACE[field]!;
    const marketState = exact.marketState.map((state, row) =>
      markets[row]!.venue === venue && state.length === SETTLEMENT_LENGTH
        ? state.with(place, BigInt(Math.round(value * 1e6)))
        : state,
    );
    const changed: BookContent = { ...book, exact: { ...exact, marketState } };
    return field === 'maintenanceMargin' ? withMaintenance(changed, { venue, value }) : changed;
  },
};

/** Positions count 1 − maintenance margin of what is held, and 1 + it of what is owed. */
function withMaintenance(
  book: BookContent,
  { venue, value }: { readonly venue: VenueRow; readonly value: number },
): BookContent {
  const { accounts, legs } = book;
  const maintenanceMargin = legs.maintenanceMargin.slice();
  const liquidationThreshold = legs.liquidationThreshold.slice();
  for (let account = 0; account < accounts.count; account++) {
    if (accounts.venue[account] !== venue) continue;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      if (legs.role[leg] !== roleCode('base')) continue;
      maintenanceMargin[leg] = value;
      if (legs.side[leg] === 1) liquidationThreshold[leg] = 1 - value;
    }
  }
  return { ...book, legs: { ...legs, maintenanceMargin, liquidationThreshold } };
}
