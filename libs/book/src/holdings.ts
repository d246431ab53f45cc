import type { DraftGap } from './draft.ts';
import type { Ledger } from './ledger.ts';
import type { OwedAt } from './mechanism-book.ts';
import { mechanisms } from './mechanisms.ts';

/** What rounding alone may take away: one part in a million of what is owed, and a hundred raw units. */
const ROUNDING_PARTS = 1_000_000n;
const ROUNDING_UNITS = 100n;

/**
 * Raw units of a token that a venue must hold by its own accounting at a time: what it was given as collateral or to
 * lend, less what it has lent. Suppliers that a snapshot did not read are not in it, so it is at most too low.
 * Undefined where that cannot be said: a mechanism without such an account, terms or a release that are not known.
 */
export function owedByVenue(ledger: Ledger, at: OwedAt): bigint | undefined {
  const mechanism = ledger.reference.venues.get(at.venue)?.mechanism;
  return mechanism && mechanisms[mechanism].owed?.(ledger, at);
}

/**
 * Tokens of which a venue holds less than it owes: they take a fee on transfers or rebase, or were lost. Accounts are
 * exact by the venue's accounting all the same, but what is owed of such a token is not all there to be paid out.
 */
export function holdingGaps(ledger: Ledger): DraftGap[] {
  return [...ledger.venues].flatMap(([venue, { holdings }]) =>
    [...holdings].flatMap(([asset, { held, owed }]): DraftGap[] => {
      const missing = owed - held;
      if (missing <= owed / ROUNDING_PARTS + ROUNDING_UNITS) return [];
      const percent = Number((missing * 1_000n) / owed) / 10;
      const symbol = ledger.reference.assets.get(asset)?.symbol ?? asset;
      const reason = `holds ${percent} % less ${symbol} than its accounting says: a fee on transfer, rebasing or a loss`;
      return [{ source: venue, reason, count: 1, unit: 'asset', debtUsd: undefined }];
    }),
  );
}
