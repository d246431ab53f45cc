import type { CallReader, SnapshotPoint } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact, VenueId } from '@undertow/market';
import { learn, type Learned } from './learned.ts';
import { ask, type Ask } from './read-market.ts';
import { readTotals } from './snapshot.ts';

/**
 * The totals of every market that holds something else than its logs say at the end of a block: a plain transfer of the
 * asset to a market is cash at once, and no log of the market tells of it. Source: `VBep20.getCashPrior`.
 */
export async function pollCash(
  { venue, learned }: { readonly venue: VenueId; readonly learned: Learned },
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const { chainId, block, time } = at;
  const known = [...learned.keys()];
  const held = await ask(
    reader,
    block,
    known.map((market): Ask => [market, 'getCash']),
  );
  const markets = known.filter((market, i) => {
    const [cash] = held[i]!;
    return cash !== undefined && cash !== learned.get(market)?.cash;
  });
  if (markets.length === 0) return [];
  const totals = await readTotals(reader, { block, markets });
  const said = markets.flatMap((market, i) => {
    const growth = totals[i];
    return growth ? [{ kind: 'GrowthAccrued' as const, venue, market, growth }] : [];
  });
  const key = { chainId, block, time, logIndex: SNAPSHOT_LOG_INDEX };
  const facts: Fact[] = said.map((fact, part) => ({ ...key, ...fact, part }));
  learn(learned, venue, facts);
  return facts;
}
