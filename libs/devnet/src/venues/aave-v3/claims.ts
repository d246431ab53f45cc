import type { Hex } from 'viem';
import type { AssetSymbol } from '../../deploy/listing.ts';
import { MAX_UINT256 } from '../../deploy/site.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Claim, Offer, VenueCall } from '../../liquidator/offer.ts';
import type { ClaimsAt } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { readAaveAccounts, type AaveMarket } from './accounts.ts';
import { readAaveLegs, type AaveLeg } from './legs.ts';

/** What the liquidator does to a market's collateral beside selling it: the good that it sells, after these calls. */
export interface Unwrapping {
  readonly sold: AssetSymbol;
  readonly calls: readonly VenueCall[];
}

/** Every debt of an account against every collateral in use, for as much as the protocol allows. */
export async function aaveClaims(
  devnet: VenueScene,
  { due, phase }: ClaimsAt,
  of: { readonly market: AaveMarket; readonly unwrap: (token: Hex) => Unwrapping },
): Promise<Claim[]> {
  if (phase === 1) return [];
  const owners = due.map(({ owner }) => owner);
  const accounts = await readAaveAccounts(devnet, owners, of.market);
  const legs = await readAaveLegs(devnet, owners, of.market);
  return due.map((account, index) => ({
    account,
    accounts: [account],
    healthFactor: Number(accounts[index]?.healthFactorWad ?? 0n) / 1e18,
    offers: offersOf(devnet, account.owner, { ...of, legs: legs[index] ?? [] }),
  }));
}

function offersOf(
  devnet: VenueScene,
  owner: Hex,
  of: {
    readonly market: AaveMarket;
    readonly unwrap: (token: Hex) => Unwrapping;
    readonly legs: readonly AaveLeg[];
  },
): Offer[] {
  const { market, unwrap, legs } = of;
  const { address: target, abi } = market.pool(devnet);
  const byValue = (valueOf: (leg: AaveLeg) => number) =>
    legs.filter((leg) => valueOf(leg) > 0).sort((a, b) => valueOf(b) - valueOf(a));
  const debts = byValue(({ debtUsd }) => debtUsd);
  const collaterals = byValue(({ collateralUsd }) => collateralUsd);
  return debts.flatMap((debt) =>
    collaterals.map((collateral): Offer => {
      const args = [collateral.token, debt.token, owner, MAX_UINT256, false];
      const { sold, calls } = unwrap(collateral.token);
      const owed = unwrap(debt.token).sold;
      return {
        calls: [{ target, data: encodeCall(abi, 'liquidationCall', args), word: 3 }, ...calls],
        goods: [{ symbol: sold }, { symbol: owed }],
        ...{ whole: MAX_UINT256, most: debt.debt, sizeIn: owed },
      };
    }),
  );
}
