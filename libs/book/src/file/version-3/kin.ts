import type { OldBook } from './schema.ts';

/** What an asset of an old book stands for, read off its name, its price and who lends what against it. */
export interface Kin {
  /** Symbol of the reference. */
  readonly family: string;
  /** Whether it is another form of that coin, not the coin itself or its wrapped form. */
  readonly isForm: boolean;
  /** The row of the asset that it is a form of, where that is no coin. */
  readonly base: number | undefined;
  /** Whether its venues price it by the coin's price and a rate at which it is redeemed, not by a market of its own. */
  readonly isByRate: boolean;
}

/** Coins of which other tokens carry the name. */
const COINS = ['ETH', 'BTC', 'BNB', 'AVAX', 'MATIC', 'POL', 'SOL', 'CELO', 'METIS', 'MNT', 'FTM', 'XDAI'];

/** What a form of a coin may be worth of it: staking rates grow past 1, promises to pay later stand below. */
const LEAST_RATE = 0.5;
const MOST_RATE = 3;

/** Rates this near to one say nothing of whether a token is staked or only carried over from another network. */
const PARITY = 0.005;

/** The lowest threshold that says that a venue takes two assets for the same: an efficiency mode, a pair of a rate. */
const CORRELATED_THRESHOLD = 0.9;

/**
 * The kin of every asset; undefined for one that stands for itself alone.
 *
 * A token is a form of a coin when it carries its name (`wstETH`, `rsETH`, `sAVAX`, `cbBTC`), or that of another asset of the book
 * (`sDAI`), or is traded against it and lent against up to 90 % or more, and is worth between half and three times as much. Forms of
 * BTC that are worth one BTC are carried over from its own network and have markets of their own; other forms are priced by the rate.
 */
export function kinOf(book: OldBook): (Kin | undefined)[] {
  const { assets } = book;
  const coinOf = assets.map(({ symbol }) =>
    COINS.find((coin) => [coin, `W${coin}`].includes(symbol.toUpperCase())),
  );
  return assets.map((asset, row): Kin | undefined => {
    const coin = coinOf[row];
    if (coin !== undefined) return { family: coin, isForm: false, base: undefined, isByRate: false };
    // A name with its address in brackets is one that a better known token has already.
    if (asset.symbol.includes('(')) return undefined;
    const named = COINS.find((one) => asset.symbol.includes(one));
    const base = named === undefined ? baseOf(book, row) : coinOf.indexOf(named);
    const family = named ?? (base === -1 ? undefined : (coinOf[base] ?? assets[base]!.symbol));
    if (family === undefined) return undefined;
    const rate = base === -1 ? undefined : asset.oraclePriceUsd / assets[base]!.oraclePriceUsd;
    if (rate !== undefined && (rate < LEAST_RATE || rate > MOST_RATE)) return undefined;
    const isAtParity = rate !== undefined && Math.abs(rate - 1) < PARITY;
    const ofAsset = base === -1 || coinOf[base] !== undefined ? undefined : base;
    return {
      ...{ family, isForm: true, base: ofAsset },
      isByRate: !(isAtParity && family === 'BTC') && !isBridged(asset.symbol),
    };
  });
}

/** `WETH.e` and the like: carried over from another network. */
const isBridged = (symbol: string) => /\.[a-z]$/.test(symbol);

/** The asset of which one carries the name or that its venues take for the same; -1 when there is none. */
function baseOf(book: OldBook, row: number): number {
  const { assets, depth } = book;
  const { symbol } = assets[row]!;
  // A dollar is held at a dollar, whatever other dollar it is named after.
  if (isDollar(assets[row]!)) return -1;
  const named = assets.findIndex(
    (other, at) => at !== row && other.symbol.length > 2 && symbol.includes(other.symbol),
  );
  if (named !== -1) return named;
  const quote = depth[row]?.quote ?? -1;
  return quote !== -1 && !isDollar(assets[quote]!) && isLentAsSame(book, row, quote) ? quote : -1;
}

/** Within five per cent of one dollar: venues lend dollars against anything that hardly moves. */
const isDollar = ({ oraclePriceUsd }: OldBook['assets'][number]) => Math.abs(oraclePriceUsd - 1) < 0.05;

function isLentAsSame({ accounts, legs }: OldBook, held: number, owed: number): boolean {
  return accounts.owner.some((_, account) => {
    let holds = false;
    let owes = false;
    for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
      holds ||= legs.asset[leg] === held && legs.liquidationThreshold[leg]! >= CORRELATED_THRESHOLD;
      owes ||= legs.asset[leg] === owed && legs.side[leg] === -1;
    }
    return holds && owes;
  });
}
