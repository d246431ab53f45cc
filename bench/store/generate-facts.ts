import type { Address, Fact, FactKey, Hex, Reference } from '@undertow/market';
import type { FactRange } from '@undertow/store';
import { RAY } from '@undertow/units';

export interface History {
  readonly chainId: number;
  /** Facts in all, about. */
  readonly facts: number;
  readonly days: number;
  /** Owners of accounts; those with low numbers act more often. */
  readonly owners: number;
  readonly seed: number;
}

/** Seconds per block, as on Ethereum. */
const BLOCK_SECONDS = 12;
const START = 1_700_000_000;
const RESERVES = 20;
const PAIRS = 20;
const POOLS = 12;
/** Facts per range that is written in one go. */
const RANGE_FACTS = 20_000;
/** Newest blocks of which every hash is stored, as an indexer does within the finality depth. */
const KEPT_BLOCKS = 2_000;

const address = (kind: number, row: number): Address =>
  `0x${(BigInt(kind) * 10n ** 30n + BigInt(row)).toString(16).padStart(40, '0')}`;
const asset = (row: number) => address(1, row);
/** Address of an owner; those with low numbers act more often. */
export const owner = (row: number): Address => address(2, row);
const pool = (row: number) => address(3, row);
const feed = (row: number) => `feed-${row}`;
const pair = (row: number) => `0x${(row + 1).toString(16).padStart(64, '0')}`;

/** Hash of a block on one branch of the made-up chain. */
export const hashOf = (block: number, branch = 0): Hex =>
  `0x${(BigInt(block) * 1_000n + BigInt(branch)).toString(16).padStart(64, '0')}`;

/** Time of a block, unix seconds. */
export const timeOf = (block: number): number => START + block * BLOCK_SECONDS;

type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

/** A made-up history of a pooled venue, isolated pairs, feeds and pools; the same for the same numbers. */
export class MadeHistory {
  readonly history: History;
  readonly lastBlock: number;
  readonly #shares = new Map<string, bigint>();
  readonly #random: () => number;

  constructor(history: History) {
    this.history = history;
    this.lastBlock = Math.floor((history.days * 86_400) / BLOCK_SECONDS);
    this.#random = randomOf(history.seed);
  }

  /** All of it, in ranges to write one after the other. */
  *ranges(): Generator<FactRange> {
    const perBlock = this.history.facts / (this.lastBlock + 1);
    let facts: Fact[] = this.#at(0, listings());
    let from = 0;
    for (let block = 1; block <= this.lastBlock; block++) {
      const count = Math.floor(perBlock * block) - Math.floor(perBlock * (block - 1));
      if (count > 0) facts.push(...this.#at(block, this.#say(count)));
      if (facts.length < RANGE_FACTS && block < this.lastBlock) continue;
      yield this.#range(from, block, facts, 0);
      [facts, from] = [[], block + 1];
    }
  }

  /** Blocks of a branch, with as many facts each as blocks of this history have; at least one, where only one of `every` says something. */
  blocks(from: number, to: number, branch: number, every = 1): FactRange {
    const count = Math.max(1, Math.round(this.history.facts / this.lastBlock));
    const length = Math.ceil((to - from + 1) / every);
    const numbers = Array.from({ length }, (_, index) => from + index * every);
    const facts = numbers.flatMap((block) => this.#at(block, this.#say(count)));
    return this.#range(from, to, facts, branch);
  }

  #range(from: number, to: number, facts: readonly Fact[], branch: number): FactRange {
    const { chainId } = this.history;
    const first = to > this.lastBlock - KEPT_BLOCKS ? Math.max(from, this.lastBlock - KEPT_BLOCKS) : to;
    const blocks = Array.from({ length: to - first + 1 }, (_, index) => {
      const number = first + index;
      const parentHash = hashOf(number - 1, number === from ? 0 : branch);
      return { number, hash: hashOf(number, branch), parentHash, time: timeOf(number) };
    });
    return {
      ...{ chainId, from, facts, blocks },
      ...(from === 0 ? { reference: referenceOf(chainId) } : {}),
      checkpoint: { block: to, hash: hashOf(to, branch), time: timeOf(to) },
    };
  }

  #at(block: number, said: readonly Said[]): Fact[] {
    const key = { chainId: this.history.chainId, block, part: 0, time: timeOf(block) };
    return said.map((fact, logIndex) => ({ ...fact, ...key, logIndex }) as Fact);
  }

  #say(count: number): Said[] {
    return Array.from({ length: count }, () => this.#one());
  }

  #one(): Said {
    const kind = this.#random();
    const row = Math.floor(this.#random() * RESERVES);
    if (kind < 0.15) {
      const answer = BigInt(Math.floor((50 + 100 * (row + this.#random())) * 1e8));
      return { kind: 'PricePosted', feed: feed(row), answer, round: 1n, updatedAt: START };
    }
    if (kind < 0.45) return this.#accrual(row);
    if (kind < 0.85) return this.#leg(row);
    if (kind < 0.999) {
      const sqrtPriceX96 = 2n ** 96n + BigInt(Math.floor(this.#random() * 2 ** 48)) * 2n ** 40n;
      const change = { form: 'price', sqrtPriceX96, tick: row, liquidity: 10n ** 18n } as const;
      return { kind: 'LiquidityChanged', pool: pool(row % POOLS), change };
    }
    const parts = { owner: owner(row), liquidator: owner(row + 1), collateralAsset: asset(row) };
    const amounts = { repaid: 10n ** 18n, seized: 10n ** 18n, badDebt: 0n };
    return {
      kind: 'Liquidated',
      venue: 'aave',
      market: asset(row),
      debtAsset: asset(0),
      ...parts,
      ...amounts,
    };
  }

  #accrual(row: number): Said {
    const side = this.#random() < 0.5 ? 'collateral' : 'debt';
    const indexRay = RAY + BigInt(Math.floor(this.#random() * 1e15)) * 10n ** 11n;
    const accrual = { form: 'ray', side, indexRay, ratePerYearRay: RAY / 50n } as const;
    return { kind: 'IndexAccrued', venue: 'aave', market: asset(row), accrual };
  }

  /** Somebody puts in or borrows some more, or takes out or repays half of what there is; each in a few markets. */
  #leg(row: number): Said {
    const who = Math.floor(this.history.owners * this.#random() ** 2);
    const isDebt = this.#random() < 0.3;
    const venue = who % 10 < 7 ? 'aave' : 'morpho';
    const place = (who * 7 + (row % 2)) % RESERVES;
    const market = venue === 'morpho' ? pair(place % PAIRS) : asset(isDebt ? who % 3 : place);
    const side = isDebt ? 'debt' : 'collateral';
    const key = `${market} ${who} ${side}`;
    const before = this.#shares.get(key) ?? 0n;
    const amount = BigInt(Math.floor(this.#random() * 1e9)) * 10n ** (isDebt ? 10n : 11n);
    const sharesDelta = before > 0n && this.#random() < 0.4 ? -(before / 2n) : amount;
    this.#shares.set(key, before + sharesDelta);
    return { kind: 'LegChanged', venue, market, owner: owner(who), side, sharesDelta };
  }
}

function listings(): Said[] {
  const reserves = Array.from({ length: RESERVES }, (_, row): Said[] => [
    {
      kind: 'TermsChanged',
      venue: 'aave',
      market: asset(row),
      patch: {
        ...{ form: 'reserve', asset: asset(row), decimals: 18, reserveId: row, isActive: true },
        ...{ loanToValueBps: 8_000n, liquidationThresholdBps: 8_250n, liquidationBonusBps: 500n },
        ...{ liquidationProtocolFeeBps: 1_000n, oracle: { form: 'feed', feed: feed(row) } },
      },
    },
    { kind: 'PricePosted', feed: feed(row), answer: 100n * 10n ** 8n, round: 1n, updatedAt: START },
  ]);
  const pairs = Array.from({ length: PAIRS }, (_, row): Said => {
    const oracle = { form: 'ratio', base: [feed(row)], quote: [feed(0)], scaleFactor: 10n ** 36n } as const;
    const assets = { collateralAsset: asset(row), debtAsset: asset(0) };
    const terms = { liquidationThresholdWad: 860_000_000_000_000_000n, oracle };
    const patch = {
      form: 'pair',
      ...assets,
      ...terms,
      rateModel: { address: '0xcc', form: 'none' },
    } as const;
    return { kind: 'TermsChanged', venue: 'morpho', market: pair(row), patch };
  });
  const ranges = Array.from({ length: POOLS }, (_, row): Said => {
    const change = {
      form: 'range',
      lowerTick: -6_000,
      upperTick: 6_000,
      liquidityDelta: 10n ** 22n,
    } as const;
    return { kind: 'LiquidityChanged', pool: pool(row), change };
  });
  return [...reserves.flat(), ...pairs, ...ranges];
}

function referenceOf(chainId: number): Reference {
  return {
    venues: [
      {
        ...{ id: 'aave', chainId, protocol: 'aave-v3', version: '3.0' },
        ...{ mechanism: 'pooled-lending', address: '0xaa' },
      },
      {
        ...{ id: 'morpho', chainId, protocol: 'morpho-blue', version: '1.0' },
        ...{ mechanism: 'isolated-pair', address: '0xbb' },
      },
    ],
    assets: Array.from({ length: RESERVES }, (_, row) => ({
      ...{ chainId, address: asset(row), symbol: `A${row}`, decimals: 18 },
    })),
    feeds: Array.from({ length: RESERVES }, (_, row) => ({
      ...{ chainId, id: feed(row), description: `A${row} / USD`, decimals: 8 },
    })),
    pools: Array.from({ length: POOLS }, (_, row) => ({
      ...{ chainId, address: pool(row), token0: asset(0), token1: asset(row + 1) },
      ...{ feePips: 3_000, tickSpacing: 60 },
    })),
  };
}

/** Numbers from 0 to below 1, always the same for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
