import type { Hex } from 'viem';
import {
  chooseAction,
  newPositionUsd,
  newPositionUse,
  unitsWorth,
  type Circumstances,
  type OwnerAction,
  type OwnerActionKind,
} from '../../agent/owner-action.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import { healthOfPerpAccount, perpContracts, readPerpAccounts, type PerpAccount } from './accounts.ts';
import { INITIAL_MARGIN, MAINTENANCE_MARGIN } from './markets.ts';
import { trade } from './trade.ts';

/** Margin ÷ maintenance margin is far above the health of a loan of the same risk: scaled before it is judged. */
const HEALTH_SCALE = 0.4;

/** Share of new collateral that is margin: as in the plan. */
const MARGIN_PER_SIZE = 0.25;

/** What an owner does with its margin account. The bank pays in for it, and gets what it takes out. */
export async function actOnPerp(circumstances: Circumstances, owner: Hex): Promise<OwnerAction | undefined> {
  const { devnet, random } = circumstances;
  const [account] = await readPerpAccounts(devnet, [owner]);
  if (!account) return undefined;
  const notionalUsd = account.positions.reduce((sum, { value }) => sum + Math.abs(Number(value)) / 1e18, 0);
  const health = healthOfPerpAccount(account);
  const kind = chooseAction(health === Infinity ? health : health * HEALTH_SCALE, notionalUsd, random);
  if (!kind) return undefined;
  return { kind, owner, transactions: actions(circumstances, account)[kind]() };
}

function actions(
  circumstances: Circumstances,
  account: PerpAccount,
): Record<OwnerActionKind, () => Transaction[]> {
  const { devnet, random } = circumstances;
  const { perp, vault } = perpContracts(devnet);
  const { owner, positions } = account;
  const usdc = devnet.contracts.assets.USDC.token;
  const deposit = (valueUsd: number): Transaction => {
    const args = [owner, usdc, unitsWorth(circumstances, 'USDC', valueUsd)];
    return { from: devnet.actors.bank, to: vault.address, data: encodeCall(vault.abi, 'depositFor', args) };
  };
  const exchange = (side: 'buy' | 'sell', baseToken: Hex, size: bigint) =>
    trade(devnet, perp, { from: owner, baseToken, side, size });
  const part = (size: bigint) =>
    ((size < 0n ? -size : size) * BigInt(Math.round(50 + 200 * random.uniform()))) / 1_000n;
  const more = () =>
    positions.map(({ market, size }) => exchange(size > 0n ? 'buy' : 'sell', market.baseToken, part(size)));
  const less = () =>
    positions.map(({ market, size }) => exchange(size > 0n ? 'sell' : 'buy', market.baseToken, part(size)));
  return {
    open: () => {
      const market = perp.markets[Math.floor(random.uniform() * perp.markets.length)];
      if (!market) return [];
      const marginUsd = newPositionUsd(random) * MARGIN_PER_SIZE;
      const notionalUsd = (marginUsd * newPositionUse(random)) / (INITIAL_MARGIN + MAINTENANCE_MARGIN / 2);
      const units = unitsWorth(circumstances, market.symbol, notionalUsd);
      const size = units * 10n ** BigInt(18 - devnet.contracts.assets[market.symbol].decimals);
      const side = random.uniform() < 0.6 ? 'buy' : 'sell';
      return [deposit(marginUsd), exchange(side, market.baseToken, size)];
    },
    topUp: () => {
      const requirementUsd = Number(account.requirement) / 1e18;
      return [deposit(requirementUsd * (0.2 + random.uniform()))];
    },
    borrow: more,
    repay: less,
    close: () =>
      positions.map(({ market, size }) =>
        exchange(size > 0n ? 'sell' : 'buy', market.baseToken, size > 0n ? size : -size),
      ),
  };
}
