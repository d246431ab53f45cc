import {
  findExchangeMarket,
  findFeed,
  findMarket,
  findPool,
  poolName,
  readExchangeMarkets,
  readExchangeSeries,
  readFeedSeries,
  readIndexSeries,
  readLegSeries,
  readLiquidationSeries,
  readMeasureNames,
  readMeasureSeries,
  readPoolSeries,
  readReference,
  STEP_SECONDS,
  type SeriesPart,
  type Step,
  type Store,
} from '@undertow/store';
import { BadDataError } from '@undertow/units';
import { UsageError } from './explain-error.ts';
import { historyText, type HistoryTable } from './history-text.ts';
import { jsonPieces } from './json-text.ts';
import { ownerAddress } from './option-values.ts';
import { printPieces, printReadable } from './print.ts';
import { withIndexed } from './read-book.ts';

export type HistoryKind =
  'feed' | 'pool' | 'exchange' | 'market' | 'account' | 'liquidations' | 'measure' | 'measures';

export interface HistoryOptions {
  readonly from?: number;
  readonly to?: number;
  readonly step: Step;
  readonly fill?: boolean;
  readonly first: number;
  readonly json?: boolean;
  readonly chain?: number;
  readonly data: string;
}

/** Prints a part of a series of what is stored. */
export async function runHistory(
  what: HistoryKind,
  names: readonly string[],
  options: HistoryOptions,
): Promise<void> {
  checkNames(what, names);
  const history = await withIndexed(
    { data: options.data, chain: options.chain },
    async (store, checkpoint) => {
      const to = options.to ?? (checkpoint.time ?? 0) + 1;
      const from = options.from ?? Math.max(0, to - options.first * STEP_SECONDS[options.step]);
      const { step, first: most, fill = false } = options;
      try {
        return await READERS[what]({
          store,
          chainId: checkpoint.chainId,
          names,
          fill,
          part: { from, to, step, most },
        });
      } catch (cause) {
        if (cause instanceof BadDataError) throw new UsageError(cause.message, { cause });
        throw cause;
      }
    },
  );
  if (options.json) return printPieces(jsonPieces(history));
  await printReadable(historyText(history));
}

/** How many names each kind wants: least and most. */
const NAMES: Readonly<Record<HistoryKind, readonly [least: number, most: number, what: string]>> = {
  feed: [1, 1, 'a feed: undertow history feed "ETH / USD"'],
  pool: [1, 1, 'a pool: undertow history pool <address>'],
  exchange: [2, 2, 'an exchange and what it trades there: undertow history exchange kraken ETH/USD'],
  market: [2, 2, 'a venue and a market: undertow history market <venue> <market>'],
  account: [1, 1, 'an address: undertow history account <address>'],
  liquidations: [0, 0, 'nothing more: undertow history liquidations'],
  measure: [1, 2, 'a measure and what it is of: undertow history measure lossUsd ETH=-0.3'],
  measures: [0, 0, 'nothing more: undertow history measures'],
};

function checkNames(what: HistoryKind, names: readonly string[]): void {
  const [least, most, wanted] = NAMES[what];
  if (names.length < least || names.length > most)
    throw new UsageError(`Name ${wanted}. Quote names with blanks.`);
}

interface Asked {
  readonly store: Store;
  readonly chainId: number;
  readonly names: readonly string[];
  readonly fill: boolean;
  readonly part: { readonly from: number; readonly to: number; readonly step: Step; readonly most: number };
}

type Reader = (asked: Asked) => Promise<HistoryTable>;

/** A part with what it is of and how a point is shown. */
const of = <Point extends object>(
  title: string,
  { points, next, factsFrom }: SeriesPart<Point>,
  step: Step | 'none',
): HistoryTable => ({
  title,
  step,
  points: points as readonly Readonly<Record<string, unknown>>[],
  next,
  ...(factsFrom !== undefined && { factsFrom }),
});

const READERS: Readonly<Record<HistoryKind, Reader>> = {
  async feed({ store, chainId, names, fill, part }) {
    const { id, description, decimals } = findFeed(await readReference(store, chainId), names[0]!);
    return of(
      `${description} (${id})`,
      await readFeedSeries(store, { chainId, ...part, feed: id, decimals, fill }),
      part.step,
    );
  },
  async pool({ store, chainId, names, fill, part }) {
    const pool = findPool(await readReference(store, chainId), names[0]!);
    const { address, decimals0, decimals1 } = pool;
    const wanted = { chainId, ...part, pool: address, decimals0, decimals1, fill };
    const series = await readPoolSeries(store, wanted);
    return of(`${poolName(pool)} (${pool.address}), ${pool.symbol1} per ${pool.symbol0}`, series, part.step);
  },
  async exchange({ store, names, fill, part }) {
    const [exchange = '', symbol = ''] = names;
    const market = findExchangeMarket(await readExchangeMarkets(store), { exchange, symbol });
    const series = await readExchangeSeries(store, { ...market, ...part, fill });
    return of(`${market.symbol} on ${market.exchange}`, series, part.step);
  },
  async market({ store, chainId, names, fill, part }) {
    const [venue = '', name = ''] = names;
    const market = findMarket(await readReference(store, chainId), { venue, market: name });
    const wanted = { chainId, ...part, venue, market, fill };
    const debt = await readIndexSeries(store, { ...wanted, side: 'debt' });
    const collateral = await readIndexSeries(store, { ...wanted, side: 'collateral' });
    const points = [
      ...debt.points.map((point) => ({ ...point, ...point.totals, totals: undefined, side: 'debt' })),
      ...collateral.points.map((point) => ({
        ...point,
        ...point.totals,
        totals: undefined,
        side: 'collateral',
      })),
    ].sort((a, b) => a.time - b.time);
    const next = [debt.next, collateral.next].filter((time) => time !== undefined).sort((a, b) => a - b)[0];
    const shown = points
      .map(({ totals: _, ...point }) => point)
      .filter(({ time }) => next === undefined || time < next);
    return of(`${venue} ${name}`, { points: shown, next }, part.step);
  },
  async account({ store, chainId, names, part }) {
    const owner = addressOf(names[0]!);
    return of(`legs of ${owner}`, await readLegSeries(store, { chainId, ...part, owner }), part.step);
  },
  async liquidations({ store, chainId, part }) {
    const { assets } = await readReference(store, chainId);
    const known = (address: string) =>
      assets.find((asset) => asset.address === address) ?? { symbol: address, decimals: 0 };
    const { points, next } = await readLiquidationSeries(store, { chainId, ...part });
    const shown = points.map(({ time, venue, liquidations, ...point }) => {
      const [collateral, debt] = [known(point.collateralAsset), known(point.debtAsset)];
      const units = (raw: bigint, decimals: number) => Number(`${raw}e-${decimals}`);
      return {
        ...{ time, venue, collateral: collateral.symbol, debt: debt.symbol, liquidations },
        seized: units(point.seized, collateral.decimals),
        repaid: units(point.repaid, debt.decimals),
        badDebt: units(point.badDebt, debt.decimals),
      };
    });
    return of('liquidations', { points: shown, next }, part.step);
  },
  async measure({ store, chainId, names: [name = '', subject = ''], part }) {
    const series = await readMeasureSeries(store, { chainId, ...part, name, subject });
    if (series.points.length === 0) await checkMeasured(store, chainId, { name, subject });
    return of(`${name}${subject === '' ? '' : ` of ${subject}`}`, series, part.step);
  },
  async measures({ store, chainId }) {
    return of('measures', { points: await readMeasureNames(store, chainId), next: undefined }, 'none');
  },
};

function addressOf(text: string): string {
  try {
    return ownerAddress(text);
  } catch (cause) {
    throw new UsageError(`${text} is no address: 0x and 40 hexadecimal digits.`, { cause });
  }
}

async function checkMeasured(
  store: Store,
  chainId: number,
  wanted: { readonly name: string; readonly subject: string },
): Promise<void> {
  const known = await readMeasureNames(store, chainId);
  const names = [...new Set(known.map(({ name }) => name))];
  if (!names.includes(wanted.name))
    throw new BadDataError(
      `Nothing called ${wanted.name} was measured. Measured: ${names.join(', ') || 'nothing yet'}.`,
    );
  const subjects = known
    .filter(({ name }) => name === wanted.name)
    .map(({ subject }) => subject || '(everything)');
  if (!known.some(({ name, subject }) => name === wanted.name && subject === wanted.subject))
    throw new BadDataError(`${wanted.name} was not measured of that. Measured of: ${subjects.join(', ')}.`);
}
