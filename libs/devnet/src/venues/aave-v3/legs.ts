import type { Hex } from 'viem';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { OpenAccount } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import type { AaveMarket } from './accounts.ts';

/** What an owner has in one reserve, by `ProtocolDataProvider.getUserReserveData`. */
export interface AaveLeg {
  readonly token: Hex;
  readonly debt: bigint;
  readonly debtUsd: number;
  /** 0 unless it is used as collateral. */
  readonly collateralUsd: number;
}

/** The legs of owners, in their order. */
export async function readAaveLegs(
  devnet: VenueScene,
  owners: readonly Hex[],
  market: AaveMarket,
  unitUsd?: (token: Hex) => number,
): Promise<AaveLeg[][]> {
  const tokens = market.tokens(devnet);
  const contract = market.dataProvider(devnet);
  const usdOf = unitUsd ?? (await market.unitsUsd(devnet));
  const rows = await devnet.chain.readMany<readonly (bigint | boolean)[]>(
    owners.flatMap((owner) =>
      tokens.map((token) => ({ contract, functionName: 'getUserReserveData', args: [token, owner] })),
    ),
  );
  return owners.map((_owner, index) =>
    tokens.map((token, position) => {
      const row = rows[index * tokens.length + position] ?? [];
      const [supplied = 0n, stableDebt = 0n, variableDebt = 0n] = row as readonly bigint[];
      const debt = stableDebt + variableDebt;
      const isUsed = row[8] === true;
      return {
        token,
        debt,
        debtUsd: Number(debt) * usdOf(token),
        collateralUsd: isUsed ? Number(supplied) * usdOf(token) : 0,
      };
    }),
  );
}

/** Accounts with debt and collateral, at given prices of a raw unit. */
export async function openAaveAccounts(
  devnet: VenueScene,
  market: AaveMarket,
  unitUsd: (token: Hex) => number,
): Promise<OpenAccount[]> {
  const { owners } = devnet;
  const legs = await readAaveLegs(devnet, owners, market, unitUsd);
  return owners.flatMap((owner, index): OpenAccount[] => {
    const sum = (valueOf: (leg: AaveLeg) => number) =>
      (legs[index] ?? []).reduce((total, leg) => total + valueOf(leg), 0);
    const debtUsd = sum((leg) => leg.debtUsd);
    const collateralUsd = sum((leg) => leg.collateralUsd);
    const named: Pick<DueAccount, 'owner' | 'market'> = { owner, market: '' };
    return debtUsd > 0 && collateralUsd > 0
      ? [{ ...named, debtUsd, equityUsd: collateralUsd - debtUsd }]
      : [];
  });
}
