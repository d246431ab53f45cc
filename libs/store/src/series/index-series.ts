import type { LegSide } from '@undertow/market';
import { bigintAt, present } from '../facts/cell.ts';
import type { Cell } from '../facts/fact-table.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { fromRay } from './decimals.ts';
import { fillGaps } from './fill-gaps.ts';
import { fromFacts, KEPT_KINDS, lastKept, readKept, type KeptRow } from './kept-series.ts';
import { checkWanted, startOf, type SeriesPart, type SeriesWanted } from './step.ts';

/** What a share of one side of a market was worth at the end of a step. */
export interface IndexPoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  /** Units of the asset per share, both raw; undefined while there is no share. */
  readonly index: number | undefined;
  /** Rate per year from then on as the venue stated it, 0.05 = 5 %; undefined where it states totals instead. */
  readonly ratePerYear: number | undefined;
  /** Raw units of the asset and shares in all, where the venue states them: sums of what it said, in which roundings add up. */
  readonly totals: { readonly assets: bigint; readonly shares: bigint } | undefined;
  /** Accruals within the step; 0 where the last one before it goes on. */
  readonly accruals: number;
}

/** Which side of which market of a venue. */
export interface IndexWanted extends SeriesWanted {
  readonly chainId: number;
  readonly venue: string;
  readonly market: string;
  readonly side: LegSide;
  /** Whether steps without an accrual are given too, as the last one before them left it. Default no. */
  readonly fill?: boolean;
}

/**
 * Index of one side of a market over time: the ray that the venue states, else its total assets ÷ total shares (the supply's for
 * collateral).
 */
export async function readIndexSeries(store: Store, wanted: IndexWanted): Promise<SeriesPart<IndexPoint>> {
  const { venue, market, side } = wanted;
  const rays = await readSide(store, wanted, { venue, market, form: 'ray', side });
  if (rays.points.length > 0) return rays;
  const totals = { venue, market, form: 'totals', side: side === 'collateral' ? 'supply' : side };
  return readSide(store, wanted, totals);
}

type IndexKey = Readonly<Record<'venue' | 'market' | 'form' | 'side', string>>;

async function readSide(store: Store, wanted: IndexWanted, key: IndexKey): Promise<SeriesPart<IndexPoint>> {
  const { chainId, fill = false } = wanted;
  const asked = { chainId, key, wanted };
  const { points: rows, next } = await readKept(store, KEPT_KINDS.index, asked);
  const earlier = fill ? await lastKept(store, KEPT_KINDS.index, asked) : undefined;
  if (rows.length === 0 && earlier === undefined) return { points: [], next };
  let before: IndexPoint | undefined;
  let points: readonly IndexPoint[];
  if (key.form === 'ray') {
    before = earlier && rayPoint(earlier);
    points = rows.map(rayPoint);
  } else {
    const totals = await totalsBefore(store, chainId, { key, from: checkWanted(wanted).from });
    before = earlier && totalsPoint(totals, { time: earlier.time, accruals: 0 });
    points = runningTotals(totals, rows);
  }
  if (!fill) return { points, next };
  const quiet = (point: IndexPoint, time: number) => ({ ...point, time, accruals: 0 });
  return fillGaps({ points, next }, { ...checkWanted(wanted), before, quiet });
}

function rayPoint({ time, values }: KeptRow): IndexPoint {
  const [index, ratePerYear] = [fromRay(present(values, 0)), fromRay(present(values, 1))];
  return { time, index, ratePerYear, totals: undefined, accruals: Number(present(values, 4)) };
}

type Totals = NonNullable<IndexPoint['totals']>;

function runningTotals(before: Totals, rows: readonly KeptRow[]): IndexPoint[] {
  let totals = before;
  return rows.map(({ time, values }) => {
    totals = {
      assets: totals.assets + bigintAt(values, 2),
      shares: totals.shares + bigintAt(values, 3),
    };
    return totalsPoint(totals, { time, accruals: Number(present(values, 4)) });
  });
}

function totalsPoint(totals: Totals, at: Pick<IndexPoint, 'time' | 'accruals'>): IndexPoint {
  const index = totals.shares > 0n ? Number(totals.assets) / Number(totals.shares) : undefined;
  return { time: at.time, index, ratePerYear: undefined, totals, accruals: at.accruals };
}

/** Sums of all changes of totals before a time: kept days where they are true, facts after them. */
async function totalsBefore(
  store: Store,
  chainId: number,
  { key, from }: { readonly key: IndexKey; readonly from: number },
): Promise<Totals> {
  const until = 'least(to_timestamp($2), rolled_until)';
  const matches = 'venue = $4 AND market = $5 AND form = $6 AND side = $7';
  return explained('reading totals of a market', async () => {
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT coalesce(sum(assets_delta), 0)::text, coalesce(sum(shares_delta), 0)::text FROM (
          SELECT assets_delta, shares_delta FROM checkpoint JOIN index_day_kept AS kept USING (chain_id)
          WHERE chain_id = $1 AND ${matches} AND kept.bucket < ${until}
          UNION ALL
          SELECT assets_delta, shares_delta FROM ${fromFacts('index', 'day', { since: until, before: 'to_timestamp($3)' })}
            AND ${matches}) AS earlier`,
      values: [chainId, startOf(from, 'day'), from, key.venue, key.market, key.form, key.side],
      rowMode: 'array',
    });
    const cells = rows[0] ?? [];
    return { assets: bigintAt(cells, 0), shares: bigintAt(cells, 1) };
  });
}
