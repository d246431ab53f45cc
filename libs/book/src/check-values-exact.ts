import { isShortOption, OPTION_TYPES, type Mechanism } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { BookContent } from './export-book.ts';
import { COLLATERAL, PERPETUAL, SETTLEMENT } from './perpetual/state.ts';

/** What one integer of a state is called, the least that it may be and the most. */
type Range = readonly [name: string, least: bigint, most: bigint];

/** The largest integer of a contract. */
const WORD = 2n ** 256n - 1n;
const WAD = 10n ** 18n;
const E6 = 1_000_000n;

/** Longest life of an option series, and its largest interest per year: what is discounted by both can be written. */
const MOST_SERIES_SECONDS = 10 * 31_536_000;
const MOST_RATE_WAD = 10n * WAD;
/** Largest strike, volatility and shock of an option, wad: far beyond any that is traded. */
const MOST_STRIKE_WAD = 10n ** 42n;
const MOST_SHOCK_WAD = 1_000n * WAD;

/** What the state of a market of a margin venue must be, by its first integer. */
const MARGIN_MARKETS: ReadonlyMap<bigint | undefined, readonly Range[]> = new Map([
  [
    SETTLEMENT,
    [
      ['its kind', SETTLEMENT, SETTLEMENT],
      ['decimals', 0n, 18n],
      ['initial margin', 0n, E6],
      ['maintenance margin', 0n, E6],
      ['liquidation penalty', 0n, E6],
      ['margin buffer of collateral', 0n, E6],
      ['debt to collateral', 0n, E6],
      ['debt threshold', 0n, WORD],
      ['share of collateral sold', 0n, E6],
      ['dust', 0n, WORD],
      ['fee to the fund', 0n, E6],
    ],
  ],
  [
    COLLATERAL,
    [
      ['its kind', COLLATERAL, COLLATERAL],
      ['decimals', 0n, 77n],
      ['decimals of the price', 0n, 18n],
      ['discount', 0n, E6 - 1n],
    ],
  ],
  [PERPETUAL, [['its kind', PERPETUAL, PERPETUAL]]],
]);

/** What a market's state must be, as its mechanism's draft writes it; see `BookExact.marketState`. */
const MARKET_STATES: Readonly<
  Record<Mechanism, (state: readonly bigint[], time: number) => readonly Range[]>
> = {
  'pooled-lending': () => [],
  'isolated-pair': () => [['scale of its price', 1n, WORD]],
  cdp: () => [
    ['least ratio', 1n, WORD],
    ['scale of an answer', 1n, WAD],
    ['compensation divisor', 1n, WORD],
  ],
  perpetual: ([kind]) => MARGIN_MARKETS.get(kind) ?? [['its kind', SETTLEMENT, PERPETUAL]],
  option: (state, time) => [
    ['strike', 1n, MOST_STRIKE_WAD],
    ['expiry', BigInt(time) + 1n, BigInt(time + MOST_SERIES_SECONDS)],
    ['interest', -MOST_RATE_WAD, MOST_RATE_WAD],
    ['scale of an answer', 1n, WAD],
    ['least margin in cash', 0n, WORD],
    ['least margin in the underlying', 0n, WORD],
    ['volatility at the near point', 0n, MOST_SHOCK_WAD],
    ['near point', 0n, state[9] ?? WORD],
    ['volatility at the far point', 0n, MOST_SHOCK_WAD],
    ['far point', 0n, WORD],
    ['price shock of a call', 1n, MOST_SHOCK_WAD],
    ['price shock of a put', 1n, MOST_SHOCK_WAD],
  ],
  'money-market': () => [
    ['exchange rate', 0n, WORD],
    ['scale of an answer', 1n, WAD * WAD],
    ['close factor', 0n, WAD],
  ],
};

/** The legs of one account. */
interface Legs {
  readonly account: number;
  readonly first: number;
  /** Behind the last. */
  readonly end: number;
}

/** What an account's state must be, from its legs; see `BookExact.accountState`. */
const ACCOUNT_STATES: Readonly<Record<Mechanism, (book: BookContent, of: Legs) => readonly Range[]>> = {
  'pooled-lending': () => [],
  'isolated-pair': () => [],
  cdp: () => [['stake', 0n, WORD]],
  perpetual: () => [],
  option: () => [['type', BigInt(OPTION_TYPES.findIndex(isShortOption)), BigInt(OPTION_TYPES.length - 1)]],
  'money-market': ({ legs }, { first, end }) =>
    Array.from(legs.side.subarray(first, end), (side): Range =>
      side === 1 ? ['tokens of a supply', 1n, WORD] : ['tokens of a debt', 0n, 0n],
    ),
};

/** Which legs an account must have, where its mechanism finds them by their place. */
const LEG_CHECKS: Readonly<Record<Mechanism, (book: BookContent, of: Legs) => void>> = {
  'pooled-lending': () => undefined,
  'money-market': () => undefined,
  'isolated-pair': (book, of) => {
    must(isOneMarket(book, of), `accounts[${of.account}] must have its legs in one pair`);
    must(
      of.end - of.first === 1 || book.legs.side[of.first] === 1,
      `accounts[${of.account}] must be a pair with its collateral first`,
    );
  },
  cdp: (book, of) => {
    must(
      isBacked(book, of) && isOneMarket(book, of),
      `accounts[${of.account}] must have a leg of collateral and then one of debt`,
    );
  },
  option: (book, of) => {
    must(
      isBacked(book, of) && isOneMarket(book, of),
      `accounts[${of.account}] must have a leg of collateral and then one of the option`,
    );
    const series = book.instruments[book.legs.instrument[of.end - 1]!];
    must(
      series !== undefined && series.venue === book.accounts.venue[of.account],
      `legs.instrument[${of.end - 1}] must name a series of the account's own venue`,
    );
  },
  perpetual: checkMarginLegs,
};

const isOneMarket = ({ legs }: BookContent, { first, end }: Legs) =>
  legs.market.subarray(first, end).every((market) => market === legs.market[first]);

const isBacked = ({ legs }: BookContent, { first, end }: Legs) =>
  end - first === 2 && legs.side[first] === 1 && legs.side[first + 1] === -1;

/** Two legs of cash, one on each side; in a perpetual one of the base token and one of its open notional at most. */
function checkMarginLegs({ legs, oracles, exact }: BookContent, { account, first, end }: Legs): void {
  const found = new Set<string>();
  for (let leg = first; leg < end; leg++) {
    const market = legs.market[leg]!;
    const [kind] = exact.marketState[market]!;
    const isFixed = oracles[legs.oracle[leg]!]!.isFixed;
    if (kind === COLLATERAL) {
      must(legs.side[leg] === 1, `legs.side[${leg}] must be 1, as collateral is not owed`);
      continue;
    }
    const part = kind === SETTLEMENT ? `cash ${legs.side[leg]}` : `${market} ${isFixed}`;
    must(!found.has(part), `accounts[${account}] must not have two legs of one part of its position`);
    found.add(part);
  }
  must(
    found.has('cash 1') && found.has('cash -1'),
    `accounts[${account}] must have two legs of cash, one on each side`,
  );
}

/**
 * Checks what the exact maths of each mechanism is given: states as long and with such integers as the mechanism writes,
 * in markets of the account's own venue, and legs where it looks for them.
 *
 * @throws BadDataError that names the row.
 */
export function checkExact(book: BookContent): void {
  const { accounts, legs, markets, venues, exact } = book;
  for (const [row, state] of exact.marketState.entries()) {
    const { mechanism } = venues[markets[row]!.venue]!;
    checkState(`exact.marketState[${row}]`, state, MARKET_STATES[mechanism](state, book.time));
  }
  for (const [account, state] of exact.accountState.entries()) {
    const venue = accounts.venue[account]!;
    const of = { account, first: accounts.legStart[account]!, end: accounts.legStart[account + 1]! };
    for (let leg = of.first; leg < of.end; leg++)
      must(
        markets[legs.market[leg]!]!.venue === venue,
        `legs.market[${leg}] must be a market of the account's own venue`,
      );
    const { mechanism } = venues[venue]!;
    LEG_CHECKS[mechanism](book, of);
    checkState(`exact.accountState[${account}]`, state, ACCOUNT_STATES[mechanism](book, of));
  }
}

/** Whether a market's state at a time (unix seconds) is one that its mechanism can have: see `soundAccounts`. */
export function isSoundState(mechanism: Mechanism, state: readonly bigint[], time: number): boolean {
  const ranges = MARKET_STATES[mechanism](state, time);
  return (
    state.length === ranges.length &&
    ranges.every(([, least, most], place) => state[place]! >= least && state[place]! <= most)
  );
}

function checkState(name: string, state: readonly bigint[], ranges: readonly Range[]): void {
  must(
    state.length === ranges.length,
    `${name} must have as many integers as its mechanism writes, ${ranges.length}, but has ${state.length}`,
  );
  for (const [place, [what, least, most]] of ranges.entries())
    must(
      state[place]! >= least && state[place]! <= most,
      `${name}[${place}] (${what}) must be from ${least} to ${most}`,
    );
}

function must(holds: boolean, message: string): void {
  if (!holds) throw new BadDataError(`the book does not fit together: ${message}`);
}
