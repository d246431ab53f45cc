import type { Hex } from 'viem';
import type { Contract } from '../../evm/contract.ts';
import type { VenueScene } from '../venue-scene.ts';
import type { DeployedPerpMarket } from './contracts.ts';

/** An account as the venue's views say. */
export interface PerpAccount {
  readonly owner: Hex;
  /** `ClearingHouse.getAccountValue`, `AccountBalance.getMarginRequirementForLiquidation`; wad, USD. */
  readonly accountValue: bigint;
  readonly requirement: bigint;
  /** `Vault.isLiquidatable`: whether its collateral other than cash may be sold. */
  readonly isCollateralDue: boolean;
  /** `AccountBalance.hasOrder`: a maker, whose positions nobody may liquidate before its orders are cancelled. */
  readonly hasOrder: boolean;
  /** By market: `AccountBalance.getTakerPositionSize` and `getTotalPositionValue`, wad; positive = long. */
  readonly positions: readonly PerpPosition[];
}

export interface PerpPosition {
  readonly market: DeployedPerpMarket;
  readonly size: bigint;
  readonly value: bigint;
}

export function perpContracts({ contracts, artifacts }: VenueScene) {
  const perp = contracts.venues.perpV2;
  const at = (address: Hex, name: keyof typeof artifacts): Contract => ({
    address,
    abi: artifacts[name].abi,
  });
  return {
    perp,
    accountBalance: at(perp.accountBalance, 'PerpAccountBalance'),
    clearingHouse: at(perp.clearingHouse, 'PerpClearingHouse'),
    config: at(perp.clearingHouseConfig, 'PerpClearingHouseConfig'),
    insuranceFund: at(perp.insuranceFund, 'PerpInsuranceFund'),
    vault: at(perp.vault, 'PerpVault'),
  };
}

export async function readPerpAccounts(devnet: VenueScene, owners: readonly Hex[]): Promise<PerpAccount[]> {
  const { perp, accountBalance, clearingHouse, vault } = perpContracts(devnet);
  const ask = <Result>(contract: Contract, functionName: string, args: readonly (readonly unknown[])[]) =>
    devnet.chain.readMany<Result>(args.map((one) => ({ contract, functionName, args: one })));
  const each = owners.map((owner) => [owner]);
  const values = await ask<bigint>(clearingHouse, 'getAccountValue', each);
  const requirements = await ask<bigint>(accountBalance, 'getMarginRequirementForLiquidation', each);
  const due = await ask<boolean>(vault, 'isLiquidatable', each);
  const makers = await ask<boolean>(accountBalance, 'hasOrder', each);
  const pairs = owners.flatMap((owner) => perp.markets.map(({ baseToken }) => [owner, baseToken]));
  const sizes = await ask<bigint>(accountBalance, 'getTakerPositionSize', pairs);
  const worth = await ask<bigint>(accountBalance, 'getTotalPositionValue', pairs);
  return owners.map((owner, index) => ({
    owner,
    accountValue: values[index] ?? 0n,
    requirement: requirements[index] ?? 0n,
    isCollateralDue: due[index] ?? false,
    hasOrder: makers[index] ?? false,
    positions: perp.markets.flatMap((market, place) => {
      const at = index * perp.markets.length + place;
      const size = sizes[at] ?? 0n;
      return size === 0n ? [] : [{ market, size, value: worth[at] ?? 0n }];
    }),
  }));
}

/** `ClearingHouse._isLiquidatable`. */
export const isMarginShort = ({ accountValue, requirement }: PerpAccount) => accountValue < requirement;

/** Whether a position may be liquidated. */
export function isPositionDue(account: PerpAccount): boolean {
  return account.positions.length > 0 && !account.hasOrder && isMarginShort(account);
}

/** Makers are not: the liquidators of a crash leave orders where they are. */
export const isPerpAccountDue = (account: PerpAccount) =>
  !account.hasOrder && (isPositionDue(account) || account.isCollateralDue);

/** The position of the largest value; the first when equal. */
export function largestPosition({ positions }: PerpAccount): PerpPosition | undefined {
  const size = (value: bigint) => (value < 0n ? -value : value);
  return positions.toSorted((a, b) =>
    size(b.value) > size(a.value) ? 1 : size(b.value) < size(a.value) ? -1 : 0,
  )[0];
}

/** Account value ÷ what it must be; `Infinity` without a position. For choosing whom to look at, not for deciding. */
export function healthOfPerpAccount({ accountValue, requirement }: PerpAccount): number {
  return requirement === 0n ? Infinity : Number(accountValue) / Number(requirement);
}
