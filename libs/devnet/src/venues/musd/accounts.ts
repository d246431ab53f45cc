import type { Hex } from 'viem';
import { readAnswers } from '../../actions/post-prices.ts';
import { FEED_DECIMALS } from '../../deploy/listing.ts';
import type { Contract } from '../../evm/contract.ts';
import type { VenueScene } from '../venue-scene.ts';
import { UNDERLYING } from './plan.ts';

/** `LiquityBase.MCR`, wad. */
export const LEAST_RATIO_WAD = 1_100_000_000_000_000_000n;

/** `ITroveManager.Status.active`. */
const ACTIVE = 1;

/** The contracts that are called, with their ABIs. */
export function musd({ contracts, artifacts }: Pick<VenueScene, 'contracts' | 'artifacts'>) {
  const at = contracts.venues.musd;
  return {
    troveManager: { address: at.TroveManager, abi: artifacts.MusdTroveManager.abi },
    borrowerOperations: { address: at.BorrowerOperations, abi: artifacts.MusdBorrowerOperations.abi },
    stabilityPool: { address: at.StabilityPool, abi: artifacts.MusdStabilityPool.abi },
    sortedTroves: { address: at.SortedTroves, abi: artifacts.MusdSortedTroves.abi },
    hintHelpers: { address: at.HintHelpers, abi: artifacts.MusdHintHelpers.abi },
    pcv: { address: at.PCV, abi: artifacts.MusdPCV.abi },
    token: { address: at.Token, abi: artifacts.MusdToken.abi },
  } satisfies Record<string, Contract>;
}

/** A position as its contract gives it, what was redistributed to it and interest included. Raw units. */
export interface Trove {
  readonly owner: Hex;
  readonly collateral: bigint;
  readonly debt: bigint;
  /** Collateral ÷ debt at a price, wad. */
  readonly ratioWad: bigint;
}

/** The open positions of some owners, at a price (18 decimals; default: that of the feed). */
export async function readTroves(
  devnet: VenueScene,
  owners: readonly Hex[],
  price?: bigint,
): Promise<Trove[]> {
  const { troveManager: contract } = musd(devnet);
  const priceWad = price ?? (await readPriceWad(devnet));
  const ask = <Result>(functionName: string, of: readonly Hex[], ...more: readonly bigint[]) =>
    devnet.chain.readMany<Result>(of.map((owner) => ({ contract, functionName, args: [owner, ...more] })));
  const statuses = await ask<number>('getTroveStatus', owners);
  const open = owners.filter((_, index) => Number(statuses[index]) === ACTIVE);
  const entire = await ask<readonly bigint[]>('getEntireDebtAndColl', open);
  const ratios = await ask<bigint>('getCurrentICR', open, priceWad);
  return open.map((owner, index) => {
    const [collateral = 0n, principal = 0n, interest = 0n] = entire[index] ?? [];
    return { owner, collateral, debt: principal + interest, ratioWad: ratios[index] ?? 0n };
  });
}

/** Price of the collateral as the venue sees it while the feed's answer is fresh, 18 decimals. */
export async function readPriceWad(devnet: VenueScene): Promise<bigint> {
  const answer = (await readAnswers(devnet, [UNDERLYING])).get(UNDERLYING)?.answer ?? 0n;
  return answer * 10n ** BigInt(18 - FEED_DECIMALS);
}
