import { movesOf, priceSeries } from '@undertow/lag';
import type { Fact } from '@undertow/market';
import {
  startOf,
  STEP_SECONDS,
  type FlagFilter,
  type Measure,
  type SaidPrice,
  type SeriesPart,
  type StoredFlag,
  type ToldFlagChange,
} from '@undertow/store';
import { exchangeTruth } from '../../../libs/store/src/fixtures/exchange-truth.ts';
import {
  feedTruth,
  legTruth,
  liquidationTruth,
  poolTruth,
  rayTruth,
  totalsTruth,
} from '../../../libs/store/src/fixtures/series-truth.ts';
import type { SeriesSource } from '../src/series-source.ts';

const all = <Point extends { readonly time: number }>(
  points: readonly Point[],
  most = Infinity,
): SeriesPart<Point> => ({ points: points.slice(0, most), next: points[most]?.time });

const isWantedFlag = (
  flag: StoredFlag,
  { kinds, severity, subject, asset, isOpen, from, to }: FlagFilter,
): boolean =>
  (kinds?.includes(flag.kind) ?? true) &&
  flag.severity === (severity ?? flag.severity) &&
  flag.subject === (subject ?? flag.subject) &&
  (asset === undefined || flag.assets.includes(asset)) &&
  (isOpen === undefined || (flag.end === undefined) === isOpen) &&
  (flag.end ?? Infinity) > (from ?? 0) &&
  flag.start < (to ?? Infinity);

/** Flags that stand first, then those that ended last; of those the critical ones, then the newest. */
const asListed = (a: StoredFlag, b: StoredFlag): number => {
  const text = ({ kind, subject }: StoredFlag) => `${kind} ${subject}`;
  const isCritical = ({ severity }: StoredFlag) => Number(severity === 'critical');
  return (
    (b.end ?? Infinity) - (a.end ?? Infinity) ||
    isCritical(b) - isCritical(a) ||
    b.start - a.start ||
    (text(a) < text(b) ? -1 : 1)
  );
};

type KeptMeasure = Measure & { readonly block: number; readonly time: number };

/**
 * Series of facts and of prices of exchanges in memory, computed by JavaScript: what a database must give of the same. Filling is
 * left out.
 */
export function memorySeries(
  facts: () => readonly Fact[],
  said: () => readonly SaidPrice[] = () => [],
): SeriesSource {
  const kept = new Map<string, KeptMeasure>();
  const changed: ToldFlagChange[] = [];
  return {
    async newestAnswers({ feeds, toBlock, to, most }) {
      const said = facts().flatMap((fact) =>
        fact.kind === 'PricePosted' && fact.block <= toBlock && fact.time <= to ? [fact] : [],
      );
      const of = ({ id, decimals }: (typeof feeds)[number]) =>
        said
          .filter(({ feed }) => feed === id)
          .slice(-most)
          .map(({ time, answer }) => ({ time, price: Number(`${answer}e-${decimals}`) }));
      return new Map(feeds.map((feed) => [feed.id, of(feed)]));
    },
    feed: async (wanted) => all(feedTruth(facts(), wanted), wanted.most),
    pool: async (wanted) => all(poolTruth(facts(), wanted), wanted.most),
    async index(wanted) {
      const rays = rayTruth(facts(), wanted);
      const side = wanted.side === 'collateral' ? 'supply' : wanted.side;
      return all(rays.length > 0 ? rays : totalsTruth(facts(), { ...wanted, side }), wanted.most);
    },
    legs: async (wanted) => all(legTruth(facts(), wanted), wanted.most),
    async positions({ from, to, step, owner, most }) {
      const end = startOf(to + STEP_SECONDS[step] - 1, step);
      return all(
        facts().flatMap((fact) => {
          if (fact.kind !== 'PositionChanged' || fact.owner !== owner) return [];
          const { time, block, venue, market, position, change } = fact;
          const isWanted = time >= startOf(from, step) && time < end;
          return isWanted ? [{ time, block, venue, market, position, change }] : [];
        }),
        most,
      );
    },
    async liquidations({ venue, owner, ...wanted }) {
      const matching = facts().filter(
        (fact) =>
          fact.kind === 'Liquidated' &&
          fact.venue === (venue ?? fact.venue) &&
          fact.owner === (owner ?? fact.owner),
      );
      return all(liquidationTruth(matching, wanted), wanted.most);
    },
    exchangeMarkets: async () => {
      const markets = said().map(
        ({ exchange, symbol, base, quote, asset }) =>
          [`${exchange} ${symbol}`, { exchange, symbol, base, quote, asset }] as const,
      );
      return [...new Map(markets).values()];
    },
    exchangePrices: async ({ time, withinSeconds }) =>
      said().filter((price) => price.time <= time && price.time > time - withinSeconds),
    async heardMoves({ after, to }) {
      const heard = said().filter(({ time, isCandle }) => !isCandle && time > after && time <= to);
      const markets = Map.groupBy(heard, ({ exchange, symbol }) => `${exchange} ${symbol}`);
      return [...markets.values()].map((own) => {
        const { exchange, symbol } = own[0]!;
        return { exchange, symbol, ...movesOf(priceSeries(own).series) };
      });
    },
    exchange: async ({ exchange, symbol, ...wanted }) =>
      all(
        exchangeTruth(
          said().filter((price) => price.exchange === exchange && price.symbol === symbol),
          wanted,
        ),
        wanted.most,
      ),
    async measure({ name, subject, step }) {
      const own = [...kept.values()].filter((one) => one.name === name && one.subject === subject);
      const steps = Map.groupBy(own, ({ time }) => startOf(time, step));
      return all(
        [...steps].map(([time, some]) => {
          const values = some.map(({ value }) => value);
          const bounds = { least: Math.min(...values), greatest: Math.max(...values) };
          return { time, value: values.at(-1)!, ...bounds, blocks: some.length };
        }),
      );
    },
    async measureNames() {
      const names = [...kept.values()].map(({ name, subject }) => JSON.stringify([name, subject]));
      return [...new Set(names)].sort().map((text) => {
        const [name, subject] = JSON.parse(text) as [string, string];
        return { name, subject };
      });
    },
    async lastMeasured() {
      const blocks = [...kept.values()].map(({ block }) => block);
      return blocks.length > 0 ? Math.max(...blocks) : undefined;
    },
    async lastMeasures({ names, block, before, most }) {
      const own = [...kept.values()].filter(
        (one) => names.includes(one.name) && one.block <= block && one.time < before,
      );
      const bySubject = Map.groupBy(own, ({ name, subject }) => JSON.stringify([name, subject]));
      return [...bySubject.values()].flatMap((some) =>
        some.toSorted((a, b) => a.block - b.block).slice(-most),
      );
    },
    async flags({ block = Infinity, where, most }) {
      const newest = new Map<string, ToldFlagChange>();
      for (const one of changed.filter((change) => change.block <= block))
        newest.set(`${one.kind} ${one.subject} ${one.start}`, one);
      return [...newest.values()]
        .map(({ change: _change, id: _id, block: _block, ...flag }): StoredFlag => flag)
        .filter((flag) => isWantedFlag(flag, where))
        .sort(asListed)
        .slice(0, most);
    },
    flagChanges: async ({ after, most }) => changed.filter(({ id }) => id > after).slice(0, most),
    lastFlagChange: async () => changed.length,
    async keep({ block, time, bookHash }, measures, flags = []) {
      const before = kept.size;
      for (const flag of flags) changed.push({ ...flag, block, id: changed.length + 1 });
      for (const measure of measures)
        kept.set(`${block} ${bookHash} ${measure.name} ${measure.subject}`, { ...measure, block, time });
      return kept.size - before;
    },
  };
}
