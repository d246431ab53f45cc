import { addressOf, readWords } from '@undertow/chain';
import type { CallReader, Words } from '@undertow/chain';
import { oracleRatioE36, priceFeedId, vaultFeedId } from '@undertow/market';
import type { Address, FeedId, OracleRatio, VenueId } from '@undertow/market';
import { answerOf, feedRead, viewRead } from './feed-read.ts';

/** Views that tell one kind of oracle from another, in the order in which they are read. */
const VIEWS = [
  'SCALE_FACTOR',
  'BASE_FEED_1',
  'BASE_FEED_2',
  'QUOTE_FEED_1',
  'QUOTE_FEED_2',
  'BASE_VAULT',
  'BASE_VAULT_CONVERSION_SAMPLE',
  'QUOTE_VAULT',
  'QUOTE_VAULT_CONVERSION_SAMPLE',
] as const;

/**
 * What some oracles are made of, read from the oracles themselves (immutable, so any block will do):
 *
 * - MorphoChainlinkOracleV2: up to two feeds and a vault on either side, any of them missing, and a scale factor;
 * - anything else: its own `price()`, as one feed that is polled.
 *
 * A composition is believed only if it gives what `price()` gives at the block: anyone may deploy an oracle that
 * has the same views and another price, or has it later (`watchOracles`).
 */
export async function readOracles(
  reader: CallReader,
  block: number,
  venue: VenueId,
  oracles: readonly Address[],
): Promise<ReadonlyMap<Address, OracleRatio>> {
  const unique = [...new Set(oracles)];
  const claims = await readClaims(reader, block, venue, unique);
  const believed = await believedOf(reader, block, venue, claims);
  const outcome = (oracle: Address) => {
    const claim = claims.get(oracle);
    if (claim === undefined) return ownPrice(venue, oracle);
    return believed.has(oracle) ? claim : refuted(venue, oracle);
  };
  return new Map(unique.map((oracle) => [oracle, outcome(oracle)]));
}

/** What oracles say that they are made of; those that say nothing of it are left out. */
export async function readClaims(
  reader: CallReader,
  block: number,
  venue: VenueId,
  oracles: readonly Address[],
): Promise<ReadonlyMap<Address, OracleRatio>> {
  const reads = oracles.flatMap((to) => VIEWS.map((functionName) => viewRead(to, functionName)));
  const words = await readWords(reader, block, reads);
  const claims = new Map<Address, OracleRatio>();
  for (const [i, oracle] of oracles.entries()) {
    const ratio = composed(venue, words.slice(i * VIEWS.length, (i + 1) * VIEWS.length));
    if (ratio) claims.set(oracle, ratio);
  }
  return claims;
}

/** The oracles whose claim gives their own price at a block, or no price just as they give none. */
export async function believedOf(
  reader: CallReader,
  block: number,
  venue: VenueId,
  claims: ReadonlyMap<Address, OracleRatio>,
): Promise<ReadonlySet<Address>> {
  const feeds = new Set<FeedId>();
  for (const [oracle, ratio] of claims) {
    for (const feed of [priceFeedId(venue, oracle), ...ratio.base, ...ratio.quote]) feeds.add(feed);
  }
  const ids = [...feeds];
  const results = await readWords(reader, block, ids.map(feedRead));
  const answers = new Map(ids.map((feed, i) => [feed, answerOf(results[i])]));
  // Zero is no price, whether a call says it or fails.
  const priceOf = (answer: bigint | undefined) => answer || undefined;
  const agrees = ([oracle, ratio]: readonly [Address, OracleRatio]) =>
    priceOf(oracleRatioE36(ratio, (feed) => answers.get(feed))) ===
    priceOf(answers.get(priceFeedId(venue, oracle)));
  return new Set([...claims].filter(agrees).map(([oracle]) => oracle));
}

function composed(venue: VenueId, views: readonly Words[]): OracleRatio | undefined {
  const of = (name: (typeof VIEWS)[number]) => views[VIEWS.indexOf(name)]?.[0];
  const scaleFactor = of('SCALE_FACTOR');
  if (scaleFactor === undefined) return undefined;
  const baseSide = [
    of('BASE_FEED_1'),
    of('BASE_FEED_2'),
    of('BASE_VAULT'),
    of('BASE_VAULT_CONVERSION_SAMPLE'),
  ];
  const quoteSide = [
    of('QUOTE_FEED_1'),
    of('QUOTE_FEED_2'),
    of('QUOTE_VAULT'),
    of('QUOTE_VAULT_CONVERSION_SAMPLE'),
  ];
  const baseFeeds = sideFeeds(venue, baseSide);
  const quoteFeeds = sideFeeds(venue, quoteSide);
  if (!baseFeeds || !quoteFeeds) return undefined;
  return { form: 'ratio', base: baseFeeds, quote: quoteFeeds, scaleFactor };
}

/** Feeds of one side of a MorphoChainlinkOracleV2; address zero stands for a price of one. */
function sideFeeds(venue: VenueId, side: readonly (bigint | undefined)[]): readonly FeedId[] | undefined {
  const [first, second, vault, sample] = side;
  if (first === undefined || second === undefined || vault === undefined || sample === undefined)
    return undefined;
  const feeds = [first, second].filter((word) => word !== 0n).map(addressOf);
  return vault === 0n ? feeds : [vaultFeedId(venue, addressOf(vault), sample), ...feeds];
}

/** An oracle of unknown make, as the one feed that is its own price. */
function ownPrice(venue: VenueId, oracle: Address): OracleRatio {
  return { form: 'ratio', base: [priceFeedId(venue, oracle)], quote: [], scaleFactor: 1n };
}

/** An oracle whose price is not what it is said to be made of: again its own price. */
export function refuted(venue: VenueId, oracle: Address): OracleRatio {
  return { ...ownPrice(venue, oracle), isRefuted: true };
}
