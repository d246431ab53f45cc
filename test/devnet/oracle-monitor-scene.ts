import { marketPrices, toBook, type Book } from '@undertow/book';
import {
  encodeCall,
  letPass,
  poolMoves,
  priceRounds,
  type AssetSymbol,
  type Devnet,
  type DueAccount,
} from '@undertow/devnet';
import {
  oracleReport,
  priceSeries,
  type OracleReport,
  type PricePoint,
  type PriceSeries,
} from '@undertow/lag';
import type { Address, FeedId } from '@undertow/market';
import { seeded, type FollowedChain } from './follow-chain.ts';

/** The assets whose markets move. */
export const MOVING = ['WETH', 'WBTC', 'LINK'] as const satisfies readonly AssetSymbol[];
export type Moving = (typeof MOVING)[number];
export const STEP_SECONDS = 120;
/** What feeds here promise. */
export const RULE = { threshold: 0.005, heartbeatSeconds: 3_600 };
/** How late the slow feed says what its market was. */
export const LATE_SECONDS = 2_400;

const HOUR = 3_600;
/** What a market does in a step when nothing happens: about 80 % a year. */
const STEP_VOLATILITY = 0.0016;

/** Answers of feeds and prices of markets as an indexer saw them, by name. */
export interface Seen {
  readonly time: number;
  readonly book: Book;
  readonly report: OracleReport;
}

/**
 * Feeds on the chain that post by their rule from what their markets are, until they are made to do otherwise. Everything that is read
 * comes from logs and calls, as an indexer has it: what was decided here is never looked at.
 */
export class MonitoredChain {
  readonly #devnet: Devnet;
  readonly #chain: FollowedChain;
  readonly #random: () => number;
  readonly #truth = new Map<Moving, { time: number; priceUsd: number }[]>();
  readonly #posted = new Map<AssetSymbol, { time: number; priceUsd: number }>();
  readonly #answers = new Map<FeedId, PricePoint[]>();
  readonly #markets = new Map<Address, PricePoint[]>();
  /** What feeds would have answered by their markets, as it was read. */
  readonly #marketAnswers = new Map<FeedId, PricePoint[]>();
  #slow: Moving | undefined;
  #stuck: Moving | undefined;

  constructor(devnet: Devnet, chain: FollowedChain, seed: number) {
    this.#devnet = devnet;
    this.#chain = chain;
    this.#random = seeded(seed);
  }

  /** From the next step on: this feed says what its market was `LATE_SECONDS` ago, and that one says nothing. */
  goWrong(wrong: { readonly slow: Moving; readonly stuck: Moving }): void {
    [this.#slow, this.#stuck] = [wrong.slow, wrong.stuck];
  }

  /**
   * Some time of the market, at so much a step (`drift`, a ratio), every feed by its rule. What was seen after each of so many
   * (`every`) steps.
   */
  async play(seconds: number, { drift = 0, every = 1 } = {}): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (let step = 1; step * STEP_SECONDS <= seconds; step++) {
      await this.#step(drift);
      if (step % every === 0) seen.push(await this.look());
    }
    return seen;
  }

  async #step(drift: number): Promise<void> {
    const head = await this.#devnet.rpc<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
    const time = Number(head.timestamp) + STEP_SECONDS;
    const targets: Partial<Record<AssetSymbol, number>> = {};
    for (const symbol of MOVING) {
      const path = this.#truth.get(symbol) ?? [{ time: 0, priceUsd: LISTED[symbol] }];
      const move = drift + STEP_VOLATILITY * (2 * this.#random() - 1) * Math.sqrt(3);
      const priceUsd = path.at(-1)!.priceUsd * (1 + move);
      this.#truth.set(symbol, [...path, { time, priceUsd }]);
      targets[symbol] = priceUsd;
    }
    const answers: Partial<Record<AssetSymbol, bigint>> = {};
    for (const symbol of [...MOVING, 'USDC'] as const) {
      const sees = symbol === 'USDC' ? 1 : this.#sees(symbol, time);
      if (sees === undefined || !this.#isDue(symbol, sees, time)) continue;
      this.#posted.set(symbol, { time, priceUsd: sees });
      answers[symbol] = BigInt(Math.round(sees * 1e8));
    }
    await letPass(this.#devnet, STEP_SECONDS);
    await this.#devnet.chain.send([
      ...(await priceRounds(this.#devnet, answers)),
      ...(await poolMoves(this.#devnet, targets)),
    ]);
  }

  /** What a feed knows of its market; nothing when it is stuck. */
  #sees(symbol: Moving, time: number): number | undefined {
    if (symbol === this.#stuck) return undefined;
    const knows = symbol === this.#slow ? time - LATE_SECONDS : time;
    return this.#truth.get(symbol)!.findLast((point) => point.time <= knows)?.priceUsd;
  }

  #isDue(symbol: AssetSymbol, priceUsd: number, time: number): boolean {
    const last = this.#posted.get(symbol);
    if (!last) return true;
    const moved = Math.abs(priceUsd / last.priceUsd - 1) >= RULE.threshold;
    return moved || time - last.time >= RULE.heartbeatSeconds;
  }

  /** Reads on to the head: the book there, and the monitor's report on it. */
  async look(): Promise<Seen> {
    for (const fact of await this.#chain.follow())
      if (fact.kind === 'PricePosted')
        push(this.#answers, fact.feed, { time: fact.time, price: Number(fact.answer) / 1e8 });
    const { ledger } = this.#chain;
    const { time } = this.#chain.head();
    const book = toBook(ledger, { time });
    marketPrices(book).forEach((price, row) => {
      if (price !== undefined) push(this.#markets, book.assets[row]!.address, { time, price });
    });
    const answeredAt = [...ledger.prices].filter(([, { updatedAt }]) => updatedAt > 0);
    const report = oracleReport(book, {
      formulas: ledger.formulas,
      answeredAt: new Map(answeredAt.map(([feed, { updatedAt }]) => [feed, updatedAt])),
      answers: new Map([...this.#answers].map(([feed, said]) => [feed, priceSeries(said).series])),
      markets: this.#marketAnswers,
    });
    for (const { id, marketAnswer: price } of report.feeds)
      if (price !== undefined) push(this.#marketAnswers, id, { time, price });
    return { time, book, report };
  }

  feedOf(symbol: AssetSymbol): FeedId {
    return this.#devnet.contracts.assets[symbol].feedProxy as FeedId;
  }

  answersOf(symbol: AssetSymbol): PriceSeries {
    return priceSeries(this.#answers.get(this.feedOf(symbol)) ?? []).series;
  }

  marketOf(symbol: AssetSymbol): PriceSeries {
    const token = this.#devnet.contracts.assets[symbol].token as Address;
    return priceSeries(this.#markets.get(token) ?? []).series;
  }

  /** Everybody whom a venue's own views let be liquidated now. */
  async due(): Promise<Set<string>> {
    const found: DueAccount[] = [];
    for (const venue of this.#devnet.venues)
      found.push(...(await venue.due(this.#devnet, await venue.borrowers(this.#devnet))));
    return new Set(found.map(nameOf));
  }

  /** Makes every feed say what its pool trades at, and lifts the cap of the staked token: the contracts at the market's prices. */
  async putOraclesAtMarket(): Promise<void> {
    const devnet = this.#devnet;
    const answers = Object.fromEntries(
      MOVING.map((symbol) => [symbol, BigInt(Math.round(this.marketOf(symbol).prices.at(-1)! * 1e8))]),
    );
    await devnet.chain.send([...(await priceRounds(devnet, answers)), await this.capAt(1_000n * WAD)]);
  }

  /** The transaction that sets the staked token's rate cap, from now on without growth. */
  async capAt(rateWad: bigint) {
    const { staked } = this.#devnet.contracts.venues.aaveV36;
    const head = await this.#devnet.rpc<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false]);
    const { abi } = this.#devnet.artifacts.CappedRateFeed;
    const data = encodeCall(abi, 'setCapParameters', [rateWad, BigInt(head.timestamp), 0n]);
    return { from: this.#devnet.actors.deployer, to: staked.feed, data };
  }

  /** The staked token earns so much of what is staked, at once. */
  async earn(share: number): Promise<void> {
    const { staked } = this.#devnet.contracts.venues.aaveV36;
    const { WETH } = this.#devnet.contracts.assets;
    const vault = { address: staked.token, abi: this.#devnet.artifacts.StakedToken.abi };
    const total = await this.#devnet.chain.read<bigint>(vault, 'totalAssets');
    const amount = (total * BigInt(Math.round(share * 1e6))) / 1_000_000n;
    const { abi } = this.#devnet.artifacts.MintableERC20;
    const data = encodeCall(abi, 'transfer', [staked.token, amount]);
    await this.#devnet.chain.send([{ from: this.#devnet.actors.bank, to: WETH.token, data }]);
  }
}

const WAD = 10n ** 18n;
export const HOURS = (hours: number) => hours * HOUR;
export const nameOf = ({ venue, owner, market }: { venue: string; owner: string; market: string }) =>
  `${venue} ${owner} ${market}`;

const LISTED: Readonly<Record<Moving, number>> = { WETH: 3_000, WBTC: 60_000, LINK: 15 };

function push<Key>(into: Map<Key, PricePoint[]>, key: Key, point: PricePoint): void {
  const known = into.get(key);
  if (known) known.push(point);
  else into.set(key, [point]);
}
