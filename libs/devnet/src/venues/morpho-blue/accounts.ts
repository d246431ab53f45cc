import type { Hex } from 'viem';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall, type Contract } from '../../evm/contract.ts';
import type { VenueScene } from '../venue-scene.ts';
import type { DeployedMorphoMarket } from './contracts.ts';

export const WAD = 10n ** 18n;
/** `ORACLE_PRICE_SCALE` of Morpho Blue. */
export const ORACLE_PRICE_SCALE = 10n ** 36n;
/** `VIRTUAL_SHARES`, `VIRTUAL_ASSETS` of SharesMathLib. */
const [VIRTUAL_SHARES, VIRTUAL_ASSETS] = [10n ** 6n, 1n];

/** A market as its contract stores it, and its oracle's price. */
export interface MorphoMarketState {
  readonly market: DeployedMorphoMarket;
  readonly totalBorrowAssets: bigint;
  readonly totalBorrowShares: bigint;
  /** Collateral in units of the loan asset × 1e36. */
  readonly price: bigint;
}

export interface MorphoPosition {
  readonly state: MorphoMarketState;
  readonly owner: Hex;
  readonly borrowShares: bigint;
  readonly collateral: bigint;
}

/** The transactions that bring the interest of every market up to date. */
export function accrueInterest(devnet: VenueScene): Transaction[] {
  const { address, abi } = morpho(devnet);
  return devnet.contracts.venues.morphoBlue.markets.map(({ params }) => ({
    from: devnet.actors.bank,
    to: address,
    data: encodeCall(abi, 'accrueInterest', [params]),
  }));
}

/** Every market's stored totals (accrue first) and price. */
export async function readMorphoMarkets(devnet: VenueScene): Promise<MorphoMarketState[]> {
  const { markets } = devnet.contracts.venues.morphoBlue;
  const totals = await devnet.chain.readMany<readonly bigint[]>(
    markets.map(({ id }) => ({ contract: morpho(devnet), functionName: 'market', args: [id] })),
  );
  const { abi } = devnet.artifacts.PairOracle;
  const prices = await devnet.chain.readMany<bigint>(
    markets.map(({ params }) => ({ contract: { address: params.oracle, abi }, functionName: 'price' })),
  );
  return markets.map((market, index) => {
    const [, , totalBorrowAssets = 0n, totalBorrowShares = 0n] = totals[index] ?? [];
    return { market, totalBorrowAssets, totalBorrowShares, price: prices[index] ?? 0n };
  });
}

export async function readMorphoPositions(
  devnet: VenueScene,
  state: MorphoMarketState,
  owners: readonly Hex[],
): Promise<MorphoPosition[]> {
  const contract = morpho(devnet);
  const rows = await devnet.chain.readMany<readonly bigint[]>(
    owners.map((owner) => ({ contract, functionName: 'position', args: [state.market.id, owner] })),
  );
  return owners.map((owner, index) => {
    const [, borrowShares = 0n, collateral = 0n] = rows[index] ?? [];
    return { state, owner, borrowShares, collateral };
  });
}

/** `Morpho._isHealthy` turned round: the debt, rounded up, is more than the collateral allows, rounded down. */
export function isMorphoPositionDue({ state, borrowShares, collateral }: MorphoPosition): boolean {
  if (borrowShares === 0n) return false;
  const borrowed = toAssetsUp(borrowShares, state);
  const value = (collateral * state.price) / ORACLE_PRICE_SCALE;
  return (value * BigInt(state.market.params.lltv)) / WAD < borrowed;
}

/** What the collateral allows ÷ the debt; `Infinity` without debt. For choosing whom to look at, not for deciding. */
export function healthOfMorphoPosition({ state, borrowShares, collateral }: MorphoPosition): number {
  if (borrowShares === 0n) return Infinity;
  const allowed = (Number(collateral) * Number(state.price) * Number(state.market.params.lltv)) / 1e54;
  return allowed / Number(toAssetsUp(borrowShares, state));
}

/** `SharesMathLib.toAssetsDown`. */
export function toAssetsDown(
  shares: bigint,
  { totalBorrowAssets, totalBorrowShares }: MorphoMarketState,
): bigint {
  return (shares * (totalBorrowAssets + VIRTUAL_ASSETS)) / (totalBorrowShares + VIRTUAL_SHARES);
}

/** `SharesMathLib.toAssetsUp`. */
export function toAssetsUp(
  shares: bigint,
  { totalBorrowAssets, totalBorrowShares }: MorphoMarketState,
): bigint {
  const denominator = totalBorrowShares + VIRTUAL_SHARES;
  return (shares * (totalBorrowAssets + VIRTUAL_ASSETS) + denominator - 1n) / denominator;
}

export function morpho(devnet: VenueScene): Contract {
  return { address: devnet.contracts.venues.morphoBlue.morpho, abi: devnet.artifacts.Morpho.abi };
}
