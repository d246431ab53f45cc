import type { VenueId } from '@undertow/market';
import { cleanText } from './asset-names.ts';
import { compareText } from './compare-text.ts';
import type { Coverage, CoverageGap } from './coverage.ts';
import { debtByVenue } from './debt-by-venue.ts';
import type { DraftGap } from './draft.ts';
import type { BookContent } from './file/canonical.ts';
import type { Ledger } from './ledger.ts';

/** Chainlink feeds answer at least once in 24 hours (the longest heartbeat in use, 2026); an hour of grace. */
const STALE_SECONDS = 25 * 3_600;

/**
 * Sums up what is in a book and what is not. Gaps of the same kind, source and reason become one, or two: priced and not.
 *
 * @param knownDebtUsd by venue, what its own totals say.
 */
export function coverageOf(
  content: Omit<BookContent, 'coverage'>,
  gaps: readonly DraftGap[],
  knownDebtUsd: ReadonlyMap<VenueId, number>,
): Coverage {
  const byVenue = debtByVenue(content);
  const modelled = new Map(content.venues.map(({ id }, row) => [id, byVenue[row]!]));
  let known = 0;
  for (const id of new Set([...modelled.keys(), ...knownDebtUsd.keys()])) {
    const [ours, theirs] = [modelled.get(id) ?? 0, knownDebtUsd.get(id) ?? 0];
    // Venues round their totals and their accounts apart: a known debt just below the modelled one is the same debt.
    known += theirs < ours * (1 + 1e-9) ? ours : theirs;
  }
  const modelledDebtUsd = byVenue.reduce((sum, usd) => sum + usd, 0);
  return {
    accounts: content.accounts.count,
    modelledDebtUsd,
    knownDebtUsd: known,
    share: known === 0 ? 1 : modelledDebtUsd / known,
    gaps: addUp(gaps),
  };
}

/** Gaps that are not about single accounts: venues without reference, logs that could not be read, silent feeds. */
export function ledgerGaps(ledger: Ledger, time: number): DraftGap[] {
  const gaps: DraftGap[] = [];
  for (const [id, venue] of ledger.venues) {
    if (ledger.reference.venues.has(id)) continue;
    gaps.push({
      source: id,
      reason: 'the venue is not in the reference',
      count: venue.accounts.size,
      debtUsd: undefined,
    });
  }
  for (const [source, reasons] of ledger.quarantined) {
    const isVenue = ledger.venues.has(source) || ledger.reference.venues.has(source);
    const kind = isVenue ? 'venue' : 'log-source';
    for (const [reason, count] of reasons)
      gaps.push({ kind, source, reason, count, unit: 'log', debtUsd: undefined });
  }
  for (const [feed, { updatedAt }] of ledger.prices) {
    const hours = Math.floor((time - updatedAt) / 3_600);
    // A source that states no time is asked again and again, and what it is made of has times.
    if (updatedAt === 0 || time - updatedAt <= STALE_SECONDS) continue;
    const description = cleanText(ledger.reference.feeds.get(feed)?.description ?? '');
    // Anyone may describe a feed of their own as another's: its address tells them apart.
    const source = description === '' || description === feed ? feed : `${description} (${feed})`;
    const reason = `newest answer is ${hours} hours old`;
    gaps.push({ kind: 'feed', source, reason, count: 1, unit: 'feed', debtUsd: undefined });
  }
  return gaps;
}

function addUp(gaps: readonly DraftGap[]): CoverageGap[] {
  const found = new Map<string, DraftGap>();
  // A fixed order, so that the sums of debt round the same whatever order the accounts came in.
  for (const gap of gaps.toSorted((a, b) => (a.debtUsd ?? 0) - (b.debtUsd ?? 0))) {
    const { source, reason, kind = 'venue', unit = 'account' } = gap;
    const key = [source, reason, gap.debtUsd === undefined ? '' : 'priced', kind, unit].join('\n');
    const before = found.get(key);
    const debtUsd = before && add(before.debtUsd, gap.debtUsd);
    found.set(key, before ? { ...gap, count: before.count + gap.count, debtUsd } : gap);
  }
  return [...found]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { kind = 'venue', unit = 'account', source, reason, count, debtUsd }]) => ({
      ...{ kind, source, reason, count, unit, debtUsd },
    }));
}

const add = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a + b;
