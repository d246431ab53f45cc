import { createHash } from 'node:crypto';
import { OPTION_TYPES } from '../../libs/market/src/index.ts';
import { randomExponential, randomLcg, randomNormal } from 'd3-random';
import type { Book } from '../../libs/book/src/index.ts';
import { REST } from '../../libs/cascade/src/fixtures/every-mechanism.ts';
import { handMadeAddress, handMadeContent } from '../../libs/cascade/src/fixtures/hand-made-book.ts';
import { marginAccount, marginAssets } from '../../libs/cascade/src/fixtures/hand-made-margin.ts';
import type { HandMadeAccount, HandMadeLeg } from '../../libs/cascade/src/fixtures/hand-made-book.ts';
import { syntheticAssets, type Cluster, type SyntheticAsset } from './synthetic-assets.ts';

type VenueName = HandMadeAccount['venue'];

/** How accounts are spread over venues; every kernel is there. */
const VENUES: readonly (readonly [venue: VenueName, share: number])[] = [
  ['aave36', 0.4],
  ['morpho', 0.23],
  ['aave30', 0.18],
  ['entered', 0.16],
  ['cdp', 0.02],
  ['perpetual', 0.005],
  ['option', 0.005],
];

const THRESHOLD: Readonly<Record<Cluster, number>> = { dollar: 0.8, ether: 0.82, bitcoin: 0.78, other: 0.65 };

/** Depth ÷ collateral in the book, so that large falls move prices. */
const DEPTH: Readonly<Record<Cluster, number>> = { dollar: 6, ether: 2.5, bitcoin: 2.5, other: 1.5 };

export interface SyntheticOptions {
  readonly seed?: number;
  /** Of every account of a venue that takes several: one owed, all others held. Default: as they are spread. */
  readonly legs?: number | undefined;
}

/**
 * A made-up book of any size that looks like lending venues do: 64 assets, venues of every kernel, seven accounts of ten with one
 * collateral and one debt, health factors around 1.8, sizes over four orders of magnitude. The same seed gives the same book.
 */
export function syntheticBook(count: number, { seed = 42, legs }: SyntheticOptions = {}): Book {
  const assets = syntheticAssets();
  // Drawn anew whenever they are gone through: a million of them as objects take gigabytes.
  const accounts = { [Symbol.iterator]: () => drawAccounts(assets, count, { seed, legs }) };
  const collateralUsd = new Map<string, number>();
  for (const { legs } of accounts)
    for (const { asset, amount } of legs)
      if (amount > 0)
        collateralUsd.set(asset, (collateralUsd.get(asset) ?? 0) + amount * priceOf(assets, asset));
  const family = (cluster: Cluster) =>
    assets
      .filter((one) => one.cluster === cluster)
      .reduce((sum, { symbol }) => sum + (collateralUsd.get(symbol) ?? 0), 0);
  const traded = assets.map((asset) => {
    const isTraded = asset.feeRatio !== undefined;
    const isFamily = asset.cluster !== 'other';
    const heldUsd = isFamily ? family(asset.cluster) : (collateralUsd.get(asset.symbol) ?? 0);
    const depthUsd = heldUsd * DEPTH[asset.cluster] + 1e6;
    return isTraded ? { ...asset, liquidity: depthUsd / Math.sqrt(asset.priceUsd) } : asset;
  });
  // Of a market that is entered: exchange rate, scale of an answer of 8 decimals.
  const enteredState = Object.fromEntries(
    assets.map(({ symbol, decimals }) => [`entered ${symbol}`, [10n ** 18n, 10n ** BigInt(28 - decimals)]]),
  );
  const musd = { symbol: 'MUSD', priceUsd: 1, decimals: 18, oracle: 'constant', tie: {} } as const;
  const content = handMadeContent(
    [...traded, musd, ...marginAssets(3_000, 2e5 * Math.sqrt(count / 1e4))],
    accounts,
    {
      ...REST,
      marketState: { ...REST.marketState, ...enteredState },
      funds: [
        { venue: 'aave36', kind: 'deficit', asset: 'USDC', amount: 0 },
        { venue: 'cdp', kind: 'stability-pool', asset: 'MUSD', amount: 20 * count },
        { venue: 'perpetual', kind: 'insurance-fund', asset: 'USDC', amount: 10 * count },
      ],
    },
  );
  // What it is drawn from names it as well as its content, of which the hash of a large book takes half a minute.
  const hash = createHash('sha256')
    .update(`synthetic book of ${count} accounts, seed ${seed}, ${legs ?? 'drawn'} legs`)
    .digest('hex');
  return { ...content, hash };
}

const priceOf = (assets: readonly SyntheticAsset[], symbol: string) =>
  assets.find((one) => one.symbol === symbol)?.priceUsd ?? (symbol === 'vETH' ? 3_000 : 1);

/** Draws from weights: a number below 1 → a row. */
function picker(weights: readonly number[]): (part: number) => number {
  const sums: number[] = [];
  let sum = 0;
  for (const weight of weights) sums.push((sum += weight));
  return (part) => {
    const found = sums.findIndex((upTo) => part * sum < upTo);
    return found === -1 ? weights.length - 1 : found;
  };
}

function* drawAccounts(
  assets: readonly SyntheticAsset[],
  count: number,
  { seed, legs: given }: { readonly seed: number; readonly legs: number | undefined },
): Generator<HandMadeAccount> {
  const random = randomLcg(seed / 2 ** 32);
  const normal = randomNormal.source(random)();
  const exponential = randomExponential.source(random)(1);
  const collateralRow = picker(assets.map(({ asCollateral }) => asCollateral));
  const debtRow = picker(assets.map(({ asDebt }) => asDebt));
  const venueRow = picker(VENUES.map(([, share]) => share));
  const healthFactor = () => {
    for (;;) {
      const drawn = Math.exp(Math.log(1.8) + 0.38 * normal());
      if (drawn > 1.005) return drawn;
    }
  };
  for (let i = 0; i < count; i++) {
    // Venue by venue, as in a book that was made of a ledger.
    const [venue] = VENUES[venueRow((i + 0.5) / count)]!;
    const owner = handMadeAddress(5_000 + i);
    const sizeUsd = Math.exp(Math.log(3_000) + 2 * normal());
    const health = healthFactor();
    if (venue === 'cdp') {
      const debt = { asset: 'MUSD', amount: -sixDigits(sizeUsd / 1.1 / health) };
      const units = sixDigits(sizeUsd / 3_000);
      yield {
        venue,
        owner,
        stake: units,
        legs: [{ asset: 'WETH', amount: units, threshold: 1 / 1.1 }, debt],
      };
      continue;
    }
    if (venue === 'perpetual') {
      const size = sixDigits((sizeUsd / 3_000) * (random() < 0.6 ? 1 : -1)) || 0.001;
      // Leverage around three, up to nine.
      const cash = sixDigits(sizeUsd / Math.min(9, 3 * Math.exp(0.6 * normal())));
      yield { ...marginAccount({ cash, size, openedUsd: 3_000 }), owner };
      continue;
    }
    if (venue === 'option') {
      const contracts = sixDigits(sizeUsd / 3_000) || 0.001;
      const cash = {
        asset: 'USDC',
        amount: sixDigits(contracts * 400 * health),
        threshold: 1,
        role: 'collateral',
      } as const;
      yield {
        venue,
        owner,
        state: [BigInt(OPTION_TYPES.indexOf('short-put-quote'))],
        legs: [cash, { asset: 'WETH', amount: -contracts, instrument: 'put' }],
      };
      continue;
    }
    const isPair = venue === 'morpho' || random() < 0.7;
    const isGiven = given !== undefined && venue !== 'morpho';
    const drawnHeld = isPair ? 1 : 2 + Math.min(6, Math.floor(exponential() * 2.2));
    const drawnOwed = isPair ? 1 : 1 + Math.floor(random() * 3);
    const [held, owed] = isGiven ? [given - 1, 1] : [drawnHeld, drawnOwed];
    const own = distinct(held, () => collateralRow(random()));
    const borrowed =
      venue === 'morpho' ? [0] : distinct(owed, () => debtRow(random())).filter((row) => !own.includes(row));
    if (own.includes(0) && venue === 'morpho') own[0] = 8;
    const legs = lendingLegs(assets, { own, borrowed, sizeUsd, health, exponential });
    const tokens = legs.map(({ asset, amount }) => rawUnits(assets, asset, Math.max(0, amount)));
    yield { venue, owner, legs, state: venue === 'entered' ? tokens : [] };
  }
}

function distinct(count: number, draw: () => number): number[] {
  const drawn = new Set<number>();
  for (let turn = 0; drawn.size < count && turn < 50; turn++) drawn.add(draw());
  return [...drawn];
}

function rawUnits(assets: readonly SyntheticAsset[], symbol: string, amount: number): bigint {
  const { decimals } = assets.find((one) => one.symbol === symbol)!;
  return BigInt(Math.round(amount * 1e6)) * 10n ** BigInt(decimals - 6);
}

const sixDigits = (value: number) => Math.round(value * 1e6) / 1e6;

function lendingLegs(
  assets: readonly SyntheticAsset[],
  of: {
    readonly own: readonly number[];
    readonly borrowed: readonly number[];
    readonly sizeUsd: number;
    readonly health: number;
    readonly exponential: () => number;
  },
): HandMadeLeg[] {
  const parts = of.own.map(() => of.exponential() + 0.02);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  let backingUsd = 0;
  const held = of.own.map((row, i): HandMadeLeg => {
    const { symbol, priceUsd, cluster } = assets[row]!;
    const amount = Math.max(1e-6, sixDigits((of.sizeUsd * parts[i]!) / whole / priceUsd));
    backingUsd += amount * priceUsd * THRESHOLD[cluster];
    return { asset: symbol, amount, threshold: THRESHOLD[cluster], bonus: 0.06, protocolFee: 0.1 };
  });
  const rows = of.borrowed.length > 0 ? of.borrowed : [of.own.includes(0) ? 1 : 0];
  const shares = rows.map(() => of.exponential() + 0.02);
  const sum = shares.reduce((total, share) => total + share, 0);
  const owed = rows.map((row, i): HandMadeLeg => {
    const { symbol, priceUsd } = assets[row]!;
    const debtUsd = (backingUsd / of.health) * (shares[i]! / sum);
    return { asset: symbol, amount: -Math.max(1e-6, sixDigits(debtUsd / priceUsd)) };
  });
  return [...held, ...owed];
}
