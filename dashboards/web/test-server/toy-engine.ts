import { hashBook, type Book } from '@undertow/book';
import {
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from '../../../libs/cascade/src/fixtures/hand-made-book.ts';
import { DEBT_ASSET, seeded, TOY_ASSETS, type ToyAccount } from './toy-book.ts';

/** Invented venues by the hand-made ones that liquidate as they do; the engine is not asked about the others. */
const VENUES: Readonly<Record<string, HandMadeAccount['venue']>> = {
  'aave-v3': 'aave30',
  'aave-v3.6': 'aave36',
  'morpho-blue': 'morpho',
  musd: 'cdp',
  'venus-core': 'entered',
};

const BONUS = 0.05;

/**
 * The invented accounts as a book that the real engine runs on, so that the answers of the stand-in are real cascades. Beside them
 * some who owe WETH, whom a rise hurts, and a whale with a token that no known market trades.
 */
export function toyEngineBook(
  accounts: readonly ToyAccount[],
  { prices, block }: { readonly prices: readonly number[]; readonly block: number },
): Book {
  const cdpState = Object.fromEntries(
    TOY_ASSETS.map(({ symbol }) => [`cdp ${symbol}`, [11n * 10n ** 17n, 10n ** 10n]]),
  );
  const made = handMadeBook(
    TOY_ASSETS.map((_, i) => engineAsset(i, prices)),
    accounts.length === 0
      ? []
      : [...accounts.flatMap((account) => engineAccount(account, prices)), ...shorts(prices), whale(prices)],
    {
      marketState: cdpState,
      funds: [{ venue: 'cdp', kind: 'stability-pool', asset: 'USDC', amount: 250_000 }],
    },
  );
  const idOf = (venue: string) =>
    Object.entries(VENUES).find(([, id]) => id === venue)?.[0] ?? `${venue}-unused`;
  const debtUsd = accounts.reduce((sum, account) => sum + account.debtUsd, 0);
  const content = {
    ...made,
    ...{ chainId: 31337, block },
    references: made.references.map((one) => ({ ...one, symbol: REFERENCES[one.symbol] ?? one.symbol })),
    assets: made.assets.map((asset, i) => ({ ...asset, address: TOY_ASSETS[i]!.asset as `0x${string}` })),
    venues: made.venues.map((venue) => ({ ...venue, id: idOf(venue.id) as typeof venue.id })),
    coverage: { ...made.coverage, modelledDebtUsd: debtUsd, knownDebtUsd: debtUsd / 0.9731, share: 0.9731 },
  };
  return { ...content, hash: hashBook(content) };
}

/** A family goes by what its token is wrapped from. */
const REFERENCES: Readonly<Record<string, string>> = { WETH: 'ETH', WBTC: 'BTC' };

function engineAsset(i: number, prices: readonly number[]): HandMadeAsset {
  const { symbol, depthUsd, tiedTo } = TOY_ASSETS[i]!;
  const priceUsd = prices[i]!;
  // √(x · y) at which about so much can be sold at a cost of 2 %.
  const liquidity = (depthUsd * 100) / Math.sqrt(priceUsd);
  const common = { symbol, priceUsd, decimals: i === DEBT_ASSET ? 6 : 18 };
  if (i === DEBT_ASSET) return { ...common, tie: {} };
  if (tiedTo) return { ...common, liquidity, tie: { to: tiedTo.symbol }, oracle: 'rate' };
  return depthUsd === 0 ? common : { ...common, liquidity, feeRatio: 0.003 };
}

function engineAccount(account: ToyAccount, prices: readonly number[]): HandMadeAccount[] {
  const { venue: id, owner, asset, amount, debtUsd, threshold } = account;
  const venue = VENUES[id];
  if (venue === undefined) return [];
  const { symbol } = TOY_ASSETS[asset]!;
  return [
    {
      ...{ venue, owner: owner as `0x${string}`, stake: venue === 'cdp' ? amount : 0 },
      legs: [
        { asset: symbol, amount: rounded(amount), threshold, bonus: BONUS },
        {
          asset: 'USDC',
          amount: -rounded(debtUsd / prices[DEBT_ASSET]!),
          ...(venue === 'cdp' && { market: symbol }),
        },
      ],
    },
  ];
}

/** Dollars held, WETH owed. */
function shorts(prices: readonly number[]): HandMadeAccount[] {
  const random = seeded(11);
  return Array.from({ length: 24 }, (_, i) => {
    const heldUsd = 4_000 * 10 ** (random() * 1.8);
    return {
      venue: i % 2 === 0 ? 'aave30' : 'entered',
      legs: [
        { asset: 'USDC', amount: rounded(heldUsd / prices[DEBT_ASSET]!), threshold: 0.8, bonus: BONUS },
        { asset: 'WETH', amount: -rounded((heldUsd * (0.45 + random() * 0.33)) / prices[0]!) },
      ],
    };
  });
}

/** Due after a fall of 10 %, and nobody can sell what backs it. */
function whale(prices: readonly number[]): HandMadeAccount {
  const collateral = TOY_ASSETS.findIndex(({ depthUsd }) => depthUsd === 0);
  const amount = 2_000_000 / prices[collateral]!;
  return {
    venue: 'aave36',
    legs: [
      { asset: TOY_ASSETS[collateral]!.symbol, amount: rounded(amount), threshold: 0.7, bonus: BONUS },
      { asset: 'USDC', amount: -1_260_000 },
    ],
  };
}

/** Six digits after the point: raw units are the same numbers. */
const rounded = (amount: number) => Math.round(amount * 1e6) / 1e6;
