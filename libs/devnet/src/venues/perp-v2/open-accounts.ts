import { usdOfUnits } from '../../deploy/listing.ts';
import type { OpenAccount, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { isPositionDue, perpContracts, readPerpAccounts } from './accounts.ts';
import { COLLATERAL_RATIO } from './markets.ts';

/**
 * Accounts that owe anything, makers left out. The venue counts collateral other than cash at a part of its price: here it
 * counts at all of it.
 */
export async function openPerpAccounts(devnet: VenueScene, prices: PricesUsd): Promise<OpenAccount[]> {
  const { perp, accountBalance, vault, config } = perpContracts(devnet);
  const accounts = (await readPerpAccounts(devnet, devnet.owners)).filter(({ hasOrder }) => !hasOrder);
  const debts = await devnet.chain.readMany<bigint>(
    accounts.map(({ owner }) => ({
      ...{ contract: accountBalance, functionName: 'getTotalDebtValue', args: [owner] },
    })),
  );
  const penalty = await devnet.chain.read<number>(config, 'getLiquidationPenaltyRatio');
  const token = perp.collaterals[0]?.token;
  const held = await devnet.chain.readMany<bigint>(
    accounts.map(({ owner }) => ({
      ...{ contract: vault, functionName: 'getBalanceByToken', args: [owner, token] },
    })),
  );
  return accounts.flatMap((account, index): OpenAccount[] => {
    const debtUsd = Number(debts[index] ?? 0n) / 1e18;
    const uncounted = usdOfUnits('WETH', held[index] ?? 0n, prices.get('WETH')) * (1 - COLLATERAL_RATIO);
    const sizeUsd = account.positions.reduce((sum, { value }) => sum + Math.abs(Number(value)) / 1e18, 0);
    const penaltyUsd = isPositionDue(account) ? (sizeUsd * penalty) / 1e6 : 0;
    const equityUsd = Number(account.accountValue) / 1e18 + uncounted - penaltyUsd;
    const isOpen = sizeUsd > 0 || (equityUsd < 0 && (held[index] ?? 0n) > 0n);
    return isOpen ? [{ owner: account.owner, market: '', debtUsd, equityUsd }] : [];
  });
}
