import { readWords, type CallReader, type Read, type SnapshotPoint, type Words } from '@undertow/chain';
import {
  feedPlace,
  formulaAnswer,
  formulaBases,
  MOST_FORMULA_STEPS,
  type Address,
  type Feed,
  type FeedFormula,
  type FeedId,
  type FeedPlace,
} from '@undertow/market';
import { ownPriceData, vaultData, viewData, type SourceView } from './abi.ts';
import { ROUND_MASK } from '../chainlink/feed-answer.ts';
import { identify, type Identity } from './identify.ts';

/** A price source as it is at the end of a block. */
export interface WalkedSource {
  readonly feed: FeedId;
  /** How it describes itself; undefined where it has no usable decimals. */
  readonly row: Feed | undefined;
  /** Raw; undefined when it was asked and gave none. */
  readonly answer: bigint | undefined;
  readonly round: bigint;
  /** Unix seconds. A source without rounds has neither round nor time (0): whenever it is told, it is told in the same words. */
  readonly updatedAt: bigint;
  /** What it is made of; undefined = nothing on the chain, it is a base feed. */
  readonly formula: FeedFormula | undefined;
}

/**
 * Some price sources and all that they are made of, down to base feeds, read from the contracts themselves at the end of a
 * block. What is not understood, and what answers something else than its own views say, has the formula `unknown` with
 * the reason. `identities` keeps what contracts are; those that turned out to be something else are taken out of it.
 */
export async function walkSources(
  reader: CallReader,
  at: SnapshotPoint,
  feeds: readonly FeedId[],
  identities: Map<Address, Identity>,
): Promise<ReadonlyMap<FeedId, WalkedSource>> {
  const found = new Map<FeedId, WalkedSource>();
  let layer = [...new Set(feeds)];
  for (let step = 0; step <= MOST_FORMULA_STEPS && layer.length > 0; step++) {
    for (const source of await readLayer(reader, at, layer, identities)) found.set(source.feed, source);
    const bases = layer.flatMap((feed) => {
      const formula = found.get(feed)!.formula;
      return formula ? formulaBases(formula) : [];
    });
    layer = [...new Set(bases)].filter((feed) => !found.has(feed));
  }
  return new Map([...found].map(([feed, source]) => [feed, checked(source, found, at, identities)]));
}

/** The source, unless it answers something else than what it is made of. Zero is no price, like none. */
function checked(
  source: WalkedSource,
  found: ReadonlyMap<FeedId, WalkedSource>,
  { time }: SnapshotPoint,
  identities: Map<Address, Identity>,
): WalkedSource {
  const { feed, formula, answer } = source;
  if (formula === undefined) return source;
  if (formula.form === 'unknown') {
    // What is not understood is looked at anew: it may be a proxy that is given other code.
    identities.delete(feed as Address);
    return source;
  }
  const made = formulaAnswer(formula, (base) => found.get(base)?.answer, time);
  if ((made || undefined) === (answer || undefined)) return source;
  identities.delete(feed as Address);
  const reason = `${feed} answers ${answer ?? 'nothing'}, but what it is made of says ${made ?? 'nothing'}`;
  return { ...source, formula: { form: 'unknown', reason } };
}

async function readLayer(
  reader: CallReader,
  at: SnapshotPoint,
  feeds: readonly FeedId[],
  identities: Map<Address, Identity>,
): Promise<readonly WalkedSource[]> {
  const places = feeds.map((feed) => ({ feed, place: feedPlace(feed) }));
  const contracts = places.flatMap(({ place }) => (place?.kind === 'feed' ? [place.address] : []));
  const fresh = contracts.filter((address) => !identities.has(address));
  for (const [address, identity] of await identify(reader, at, fresh)) identities.set(address, identity);
  const asked = places.map(({ place }) => readsOf(place, identities));
  const words = await readWords(reader, at.block, asked.flat());
  let from = 0;
  return places.map(({ feed, place }, i): WalkedSource => {
    const own = words.slice(from, (from += asked[i]!.length));
    if (place === undefined) return unread(feed);
    if (place.kind !== 'feed') return placeSource(feed, place, own, at);
    const identity = identities.get(place.address)!;
    return contractSource(feed, identity, own);
  });
}

function readsOf(place: FeedPlace | undefined, identities: ReadonlyMap<Address, Identity>): readonly Read[] {
  if (place === undefined) return [];
  const to = place.address;
  if (place.kind === 'price') return [{ to, data: ownPriceData }];
  if (place.kind === 'vault') return [{ to, data: vaultData(place.sample) }];
  const views = ['latestAnswer', 'latestRoundData', ...liveOf(identities.get(to)!)] as const;
  return views.map((view) => ({ to, data: viewData(view) }));
}

const liveOf = ({ kind }: Identity): readonly SourceView[] => (typeof kind === 'string' ? [] : kind.live);

/** A feed that no contract stands behind: an older release of this program called polled prices otherwise. */
function unread(feed: FeedId): WalkedSource {
  const reason = `${feed} is no price source that can be asked: read the chain anew into an empty database`;
  const none = { answer: undefined, round: 0n, updatedAt: 0n };
  return { feed, row: undefined, ...none, formula: { form: 'unknown', reason } };
}

/** What a vault's shares are worth is a rate; nobody knows what moves an oracle's own price. */
function placeSource(
  feed: FeedId,
  { kind, address }: FeedPlace,
  [words]: readonly Words[],
  { chainId }: SnapshotPoint,
): WalkedSource {
  const answer = signed(words);
  const formula: FeedFormula =
    kind === 'vault'
      ? { form: 'rate', rate: answer ?? 0n, rateDecimals: 0 }
      : { form: 'unknown', reason: `the oracle ${address} is of a kind that is not known` };
  // What an oracle or a vault answers has no decimals of its own; its scale is part of the pair's.
  const row = { id: feed, chainId, description: feed, decimals: 0 };
  return { feed, row, answer, round: 0n, updatedAt: 0n, formula };
}

function contractSource(
  feed: FeedId,
  identity: Identity,
  [latest, round, ...live]: readonly Words[],
): WalkedSource {
  const { row, kind } = identity;
  const inRound = round?.length === 5 ? BigInt.asIntN(256, round[1]!) : undefined;
  const answer = signed(latest) ?? inRound;
  const isRound = kind === 'base' && inRound !== undefined;
  const source = {
    ...{ feed, row, answer, round: isRound ? round![0]! & ROUND_MASK : 0n },
    updatedAt: isRound ? round![3]! : 0n,
  };
  if (inRound !== undefined && inRound !== answer) {
    const reason = `${feed} answers ${answer} to latestAnswer, but ${inRound} to latestRoundData`;
    return { ...source, formula: { form: 'unknown', reason } };
  }
  return { ...source, formula: formulaOf(feed, identity, live, answer) };
}

function formulaOf(
  feed: FeedId,
  { kind, words, row }: Identity,
  live: readonly Words[],
  answer: bigint | undefined,
): FeedFormula | undefined {
  if (kind === 'base') return undefined;
  const name = row?.description ?? feed;
  if (kind === 'unknown')
    return { form: 'unknown', reason: `${name} is a contract of a kind that is not known` };
  if (kind === 'rate') return { form: 'rate', rate: answer ?? 0n, rateDecimals: row?.decimals ?? 0 };
  const said = new Map(words);
  for (const [i, view] of kind.live.entries()) {
    const word = signed(live[i]);
    if (word !== undefined) said.set(view, word);
  }
  const formula = kind.formula(
    (view) => said.get(view) ?? 0n,
    (view) => said.has(view),
  );
  return (
    formula ?? { form: 'unknown', reason: `${name} is a ${kind.name} that does not say what it is made of` }
  );
}

function signed(words: Words): bigint | undefined {
  return words?.length === 1 ? BigInt.asIntN(256, words[0]!) : undefined;
}
