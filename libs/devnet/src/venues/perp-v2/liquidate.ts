import { parseEventLogs, type Hex, type Log } from 'viem';
import { usdOfUnits } from '../../deploy/listing.ts';
import type { Receipt } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Claim, Offer } from '../../liquidator/offer.ts';
import type { CallDone, ClaimsAt, LiquidationDone, PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import {
  healthOfPerpAccount,
  isPositionDue,
  largestPosition,
  perpContracts,
  readPerpAccounts,
  type PerpAccount,
} from './accounts.ts';
import { EXCHANGE_FEE_RATIO } from './markets.ts';

/**
 * In phase 0 the position of the largest value of every account whose margin is short, in phase 1 collateral other than
 * cash where the venue says so. What the liquidator takes over it closes in the venue's own pools.
 */
export async function perpClaims(devnet: VenueScene, { due, phase }: ClaimsAt): Promise<Claim[]> {
  const accounts = await readPerpAccounts(
    devnet,
    due.map(({ owner }) => owner),
  );
  return phase === 0 ? positionClaims(devnet, accounts) : collateralClaims(devnet, accounts);
}

const claimOn = (of: PerpAccount, offer: Offer): Claim => {
  const account = { venue: ID, owner: of.owner, market: '' };
  return { account, accounts: [account], healthFactor: healthOfPerpAccount(of), offers: [offer] };
};

async function positionClaims(devnet: VenueScene, all: readonly PerpAccount[]): Promise<Claim[]> {
  const { perp, clearingHouse, accountBalance } = perpContracts(devnet);
  const accounts = all.filter(isPositionDue);
  const markets = accounts.map((account) => largestPosition(account)!.market);
  const sizes = await devnet.chain.readMany<bigint>(
    accounts.map(({ owner, accountValue }, index) => ({
      ...{ contract: accountBalance, functionName: 'getLiquidatablePositionSize' },
      args: [owner, markets[index]!.baseToken, accountValue],
    })),
  );
  return accounts.map((account, index) => {
    const { baseToken, pool } = markets[index]!;
    const size = sizes[index] ?? 0n;
    const data = encodeCall(clearingHouse.abi, 'liquidate', [account.owner, baseToken, 0n]);
    return claimOn(account, {
      calls: [{ target: clearingHouse.address, data, word: 2, isNegative: size < 0n }],
      goods: [],
      perpetual: {
        ...{ clearingHouse: perp.clearingHouse, accountBalance: perp.accountBalance, baseToken },
        ...{ pool: pool.address, fee: EXCHANGE_FEE_RATIO },
      },
      whole: size < 0n ? -size : size,
    });
  });
}

/** A liquidator asks for this part less than the limit; a second of funding lowers it by about a tenth of that. */
const ALLOWANCE = 100_000n;

async function collateralClaims(devnet: VenueScene, all: readonly PerpAccount[]): Promise<Claim[]> {
  const { perp, vault } = perpContracts(devnet);
  const accounts = all.filter((account) => account.isCollateralDue && !account.hasOrder);
  const token = perp.collaterals[0]?.token;
  const held = await devnet.chain.readMany<bigint>(
    accounts.map(({ owner }) => ({
      ...{ contract: vault, functionName: 'getBalanceByToken', args: [owner, token] },
    })),
  );
  const limits = await devnet.chain.readMany<readonly [bigint, bigint]>(
    accounts.map(({ owner }) => ({
      ...{ contract: vault, functionName: 'getMaxRepaidSettlementAndLiquidatableCollateral' },
      args: [owner, token],
    })),
  );
  return accounts.flatMap((account, index): Claim[] => {
    const limit = limits[index]?.[1] ?? 0n;
    // Funding may lower a limit that debt sets until the call is made; what is left over would hold up bad debt.
    const isAll = limit === held[index];
    const whole = account.positions.length > 0 && !isAll ? limit - limit / ALLOWANCE : limit;
    if (whole === 0n) return [];
    const data = encodeCall(vault.abi, 'liquidateCollateral', [account.owner, token, 0n, false]);
    const call = { target: vault.address, data, word: 2 };
    return [claimOn(account, { calls: [call], goods: [{ symbol: 'WETH' }], whole })];
  });
}

const ID = 'perp-v2@devnet';
const NOTHING = { venue: ID, market: '', repaidUsd: 0, protocolFeeUsd: 0 } as const;

/** What a call of the liquidator did, from its logs. */
export function readPerpLiquidations(devnet: VenueScene, { receipt, prices }: CallDone): LiquidationDone[] {
  return [
    ...readPositionLiquidations(devnet, receipt),
    ...readCollateralLiquidations(devnet, receipt, prices),
  ];
}

function readPositionLiquidations(devnet: VenueScene, { logs }: Receipt): LiquidationDone[] {
  const { abi } = devnet.artifacts.PerpClearingHouse;
  const found = parseEventLogs({ abi, logs: logs as Log[], eventName: 'PositionLiquidated' });
  return found.map(({ args }) => {
    const { trader, positionNotional } = args as unknown as { trader: Hex; positionNotional: bigint };
    const owner = trader.toLowerCase() as Hex;
    return { ...NOTHING, owner, seizedUsd: Number(positionNotional) / 1e18 };
  });
}

interface CollateralLiquidated {
  readonly trader: Hex;
  readonly collateral: bigint;
  readonly repaidSettlementWithoutInsuranceFundFeeX10_S: bigint;
  readonly insuranceFundFeeX10_S: bigint;
}

function readCollateralLiquidations(
  devnet: VenueScene,
  { logs }: Receipt,
  prices: PricesUsd,
): LiquidationDone[] {
  const { abi } = devnet.artifacts.PerpVault;
  const found = parseEventLogs({ abi, logs: logs as Log[], eventName: 'CollateralLiquidated' });
  return found.map(({ args }) => {
    const said = args as unknown as CollateralLiquidated;
    const paid = said.repaidSettlementWithoutInsuranceFundFeeX10_S + said.insuranceFundFeeX10_S;
    return {
      ...{ ...NOTHING, owner: said.trader.toLowerCase() as Hex },
      seizedUsd: usdOfUnits('WETH', said.collateral, prices.get('WETH')),
      repaidUsd: usdOfUnits('USDC', paid),
    };
  });
}
