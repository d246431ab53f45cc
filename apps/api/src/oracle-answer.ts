import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  costToMove,
  type Book,
  type CostToMove,
  type Coverage,
  type DisputedAccount,
  type FeedRow,
  type OracleRow,
} from '@undertow/book';
import type {
  AssetStanding,
  Delay,
  FeedStanding,
  OracleReport,
  OracleStanding,
  PairStanding,
} from '@undertow/lag';
import { assetFinder, type AssetAnswer } from './asset-answer.ts';
import { inputError } from './errors.ts';
import { checkFirst } from './input.ts';
import { marketAnswer, type MarketAnswer } from './market-answer.ts';
import type { BookAtHead, Head } from './shown.ts';

/** Which prices can be trusted, as the schema has it. */
export interface OracleAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
  readonly oracles: readonly (Omit<OracleStanding, 'asset' | 'feeds' | 'market'> & {
    readonly asset: AssetAnswer;
    readonly feeds: readonly string[];
    readonly market: MarketAnswer | undefined;
    readonly costToMove: CostToMove | undefined;
  })[];
  readonly feeds: (asked: { readonly ids?: readonly string[] | null }) => readonly FeedAnswer[];
  readonly pairs: readonly PairAnswer[];
  readonly assets: readonly PricedAssetAnswer[];
  readonly hidden: Disputed;
  readonly phantom: Disputed;
  readonly debtUsd: number;
  readonly partlyAtOracleDebtUsd: number;
  readonly withoutMarket: readonly AssetAnswer[];
  readonly sequencer: OracleReport['sequencer'];
}

type FeedAnswer = Omit<FeedStanding, 'delay'> & {
  readonly rule: FeedStanding['policy'];
  readonly delay: () => Promise<DelayAnswer | undefined>;
};

/** All feeds, or those that somebody names. */
function feedsAnswer(feeds: readonly FeedStanding[], ids: readonly string[] | null): FeedAnswer[] {
  const unknown = ids?.find((id) => !feeds.some((feed) => feed.id === id));
  if (unknown !== undefined)
    throw inputError(
      `No oracle is made of a feed ${JSON.stringify(unknown.slice(0, 80))} at this block: feeds without ids lists those that are.`,
    );
  return feeds
    .filter(({ id }) => ids?.includes(id) ?? true)
    .map((feed) => ({ ...feed, rule: feed.policy, delay: () => delayAnswer(feed) }));
}

/** How far a feed runs behind its market, as the schema has it. */
type DelayAnswer = Pick<Delay, 'error' | 'errorWithoutDelay' | 'samples'> &
  Readonly<Record<'seconds' | 'leastSeconds' | 'greatestSeconds', number>>;

/** Each in a turn of its own, so that others are answered between two. */
async function delayAnswer(feed: FeedStanding): Promise<DelayAnswer | undefined> {
  await nextTurn();
  const delay = feed.delay();
  if (!delay) return undefined;
  const { delaySeconds: seconds, bandSeconds, error, errorWithoutDelay, samples } = delay;
  const [leastSeconds, greatestSeconds] = bandSeconds;
  return { seconds, leastSeconds, greatestSeconds, error, errorWithoutDelay, samples };
}

type PairAnswer = Omit<PairStanding, 'collateral' | 'debt' | 'collateralFeeds' | 'debtFeeds'> & {
  readonly collateral: AssetAnswer;
  readonly debt: AssetAnswer;
  readonly collateralFeeds: readonly string[];
  readonly debtFeeds: readonly string[];
};

type PricedAssetAnswer = Omit<AssetStanding, 'asset' | 'oracles'> & {
  readonly asset: AssetAnswer;
  readonly oracles: readonly Pick<OracleStanding, 'id' | 'venues' | 'priceUsd'>[];
};

/** Accounts about which oracles and markets do not agree. */
interface Disputed {
  readonly accounts: number;
  readonly debtUsd: number;
  readonly largest: (asked: { readonly first: number | null }) => readonly DisputedAccount[];
}

const disputed = (all: readonly DisputedAccount[], debtUsd: number): Disputed => ({
  accounts: all.length,
  debtUsd,
  largest: ({ first }) => all.slice(0, checkFirst(first)),
});

/** What it costs to push the asset's own market to where an oracle stands. */
function costOfOwnMarket(book: Book, { asset, priceUsd }: OracleStanding): CostToMove | undefined {
  const { marketPriceUsd } = book.assets[asset]!;
  return marketPriceUsd === undefined || !(marketPriceUsd > 0) || !(priceUsd > 0)
    ? undefined
    : costToMove(book, asset, priceUsd / marketPriceUsd - 1);
}

/** A report on the oracles of a book, as the schema has it. */
export function oracleAnswer(
  { book, head }: BookAtHead,
  { oracles, feeds, pairs, assets, due, sequencer }: OracleReport,
): OracleAnswer {
  const find = assetFinder(book.assets);
  const idsOf = (rows: readonly FeedRow[]) => rows.map((row) => book.feeds[row]!.id);
  const ofOracle = (row: OracleRow) => find(book.assets[book.oracles[row]!.asset]!.address);
  return {
    ...{ head, bookHash: book.hash, coverage: book.coverage },
    oracles: oracles.map((oracle) => ({
      ...oracle,
      asset: find(book.assets[oracle.asset]!.address),
      feeds: idsOf(oracle.feeds),
      market: oracle.market && marketAnswer(book, oracle.market),
      costToMove: costOfOwnMarket(book, oracle),
    })),
    feeds: ({ ids }) => feedsAnswer(feeds, ids ?? null),
    pairs: pairs.map((pair) => ({
      ...pair,
      collateral: ofOracle(pair.collateral),
      debt: ofOracle(pair.debt),
      collateralFeeds: idsOf(pair.collateralFeeds),
      debtFeeds: idsOf(pair.debtFeeds),
    })),
    assets: assets.map((standing) => ({
      ...standing,
      asset: find(book.assets[standing.asset]!.address),
    })),
    hidden: disputed(due.hidden, due.hiddenDebtUsd),
    phantom: disputed(due.phantom, due.phantomDebtUsd),
    debtUsd: due.debtUsd,
    partlyAtOracleDebtUsd: due.partlyAtOracleDebtUsd,
    sequencer,
    withoutMarket: due.withoutMarket.map((row) => find(book.assets[row]!.address)),
  };
}
