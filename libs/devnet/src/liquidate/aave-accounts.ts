import type { Hex } from 'viem';
import type { Devnet } from '../devnet.ts';
import type { AssetSymbol } from '../deploy/listing.ts';
import { MAX_UINT256 } from '../deploy/site.ts';
import type { Transaction } from '../evm/chain.ts';
import { encodeCall, type Contract } from '../evm/contract.ts';
import type { DueAccount } from './due-account.ts';

/** What `Pool.getUserAccountData` says of an owner, in the venue's base currency (USD with 8 decimals). */
export interface AaveAccount {
  readonly owner: Hex;
  readonly collateralBase: bigint;
  readonly debtBase: bigint;
  /** Wad. */
  readonly healthFactorWad: bigint;
}

/** `HEALTH_FACTOR_LIQUIDATION_THRESHOLD` of Aave v3. */
const ONE = 10n ** 18n;

export async function readAaveAccounts(devnet: Devnet, owners: readonly Hex[]): Promise<AaveAccount[]> {
  const contract = aavePool(devnet);
  const rows = await devnet.chain.readMany<readonly bigint[]>(
    owners.map((owner) => ({ contract, functionName: 'getUserAccountData', args: [owner] })),
  );
  return owners.map((owner, index) => {
    const [collateralBase = 0n, debtBase = 0n, , , , healthFactorWad = MAX_UINT256] = rows[index] ?? [];
    return { owner, collateralBase, debtBase, healthFactorWad };
  });
}

/** Can it be liquidated? Without collateral there is nothing to seize. */
export function isAaveAccountDue({ collateralBase, debtBase, healthFactorWad }: AaveAccount): boolean {
  return healthFactorWad < ONE && debtBase > 0n && collateralBase > 0n;
}

/**
 * The call that a rational liquidator makes against each account: the largest debt against the largest collateral in
 * use, by value at oracle prices, as much as the protocol allows.
 */
export async function aaveLiquidations(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: ReadonlyMap<AssetSymbol, number>,
): Promise<Transaction[]> {
  const assets = Object.values(devnet.contracts.assets);
  const contract: Contract = {
    address: devnet.contracts.aave.dataProvider,
    abi: devnet.artifacts.AaveProtocolDataProvider.abi,
  };
  const rows = await devnet.chain.readMany<readonly (bigint | boolean)[]>(
    due.flatMap(({ owner }) =>
      assets.map(({ token }) => ({ contract, functionName: 'getUserReserveData', args: [token, owner] })),
    ),
  );
  const pool = aavePool(devnet);
  return due.flatMap(({ owner }, index) => {
    const legs = assets.map(({ symbol, token, decimals }, position) => {
      const row = rows[index * assets.length + position] ?? [];
      const unitUsd = (prices.get(symbol) ?? 0) / 10 ** decimals;
      const [supplied = 0n, stableDebt = 0n, variableDebt = 0n] = row as readonly bigint[];
      const collateralUsd = row[8] === true ? Number(supplied) * unitUsd : 0;
      return { token, collateralUsd, debtUsd: Number(stableDebt + variableDebt) * unitUsd };
    });
    const collateral = largest(legs, ({ collateralUsd }) => collateralUsd);
    const debt = largest(legs, ({ debtUsd }) => debtUsd);
    if (!collateral || !debt) return [];
    const data = encodeCall(pool.abi, 'liquidationCall', [
      collateral.token,
      debt.token,
      owner,
      MAX_UINT256,
      false,
    ]);
    return [{ from: devnet.actors.liquidator, to: pool.address, data, gas: 3_000_000n }];
  });
}

export function aavePool(devnet: Devnet): Contract {
  return { address: devnet.contracts.aave.pool, abi: devnet.artifacts.Pool.abi };
}

/** The first of the largest; `undefined` when all are nothing. */
function largest<Leg>(legs: readonly Leg[], valueOf: (leg: Leg) => number): Leg | undefined {
  let best: Leg | undefined;
  for (const leg of legs) if (valueOf(leg) > (best ? valueOf(best) : 0)) best = leg;
  return best;
}
