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
import {
  healthOfPerpAccount,
  isMarginShort,
  perpContracts,
  readPerpAccounts,
  type PerpAccount,
} from './accounts.ts';
import { addOrder, cancelOrders, planOrders, readOrders, removeOrder } from './makers.ts';
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
  if (account.hasOrder) return actAsMaker(circumstances, account);
  if (account.positions.length === 0 && random.uniform() < MAKES) return becomeMaker(circumstances, owner);
  const notionalUsd = account.positions.reduce((sum, { value }) => sum + Math.abs(Number(value)) / 1e18, 0);
  const health = healthOfPerpAccount(account);
  const kind = chooseAction(health === Infinity ? health : health * HEALTH_SCALE, notionalUsd, random);
  if (!kind) return undefined;
  return { kind, owner, transactions: actions(circumstances, account)[kind]() };
}

/** How often an owner without a position becomes a maker when it is its turn, and a maker adds an order. */
const MAKES = 0.1;
const ADDS = 0.3;

/** Where a maker's margin is short its orders are cancelled. Else it collects fees, takes away all or some, or adds. */
async function actAsMaker(
  circumstances: Circumstances,
  account: PerpAccount,
): Promise<OwnerAction | undefined> {
  const { devnet, random } = circumstances;
  const { perp } = perpContracts(devnet);
  const { owner } = account;
  const orders = await readOrders(devnet, owner);
  if (isMarginShort(account)) {
    const markets = [...new Set(orders.map(({ market }) => market))];
    const transactions = markets.map((market) => cancelOrders(devnet, perp, owner, market));
    return { kind: 'close', owner, transactions };
  }
  if (random.uniform() < ADDS) {
    const spareUsd = Number(account.accountValue - account.requirement) / 1e18;
    return { kind: 'borrow', owner, transactions: newOrders(circumstances, owner, spareUsd / 4) };
  }
  const order = orders[Math.floor(random.uniform() * orders.length)];
  if (!order) return undefined;
  const tenths = BigInt(Math.floor(random.uniform() * 11));
  const part = { ...order, liquidity: (order.liquidity * tenths) / 10n };
  return { kind: 'repay', owner, transactions: [removeOrder(devnet, perp, owner, part)] };
}

function becomeMaker(circumstances: Circumstances, owner: Hex): OwnerAction {
  const marginUsd = newPositionUsd(circumstances.random) * MARGIN_PER_SIZE;
  const orders = newOrders(circumstances, owner, marginUsd);
  return { kind: 'open', owner, transactions: [deposit(circumstances, owner, marginUsd), ...orders] };
}

function newOrders(circumstances: Circumstances, owner: Hex, marginUsd: number): Transaction[] {
  const { devnet, random, pricesUsd } = circumstances;
  const planned = planOrders(random, Math.max(0, marginUsd));
  return planned.map((order) => {
    const priceUsd = pricesUsd.get(order.symbol);
    return addOrder(devnet, devnet.contracts.venues.perpV2, owner, priceUsd ? { ...order, priceUsd } : order);
  });
}

function deposit(circumstances: Circumstances, owner: Hex, valueUsd: number): Transaction {
  const { devnet } = circumstances;
  const { vault } = perpContracts(devnet);
  const args = [owner, devnet.contracts.assets.USDC.token, unitsWorth(circumstances, 'USDC', valueUsd)];
  return { from: devnet.actors.bank, to: vault.address, data: encodeCall(vault.abi, 'depositFor', args) };
}

function actions(
  circumstances: Circumstances,
  account: PerpAccount,
): Record<OwnerActionKind, () => Transaction[]> {
  const { devnet, random } = circumstances;
  const { perp } = perpContracts(devnet);
  const { owner, positions } = account;
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
      return [deposit(circumstances, owner, marginUsd), exchange(side, market.baseToken, size)];
    },
    topUp: () => {
      const requirementUsd = Number(account.requirement) / 1e18;
      return [deposit(circumstances, owner, requirementUsd * (0.2 + random.uniform()))];
    },
    borrow: more,
    repay: less,
    close: () =>
      positions.map(({ market, size }) =>
        exchange(size > 0n ? 'sell' : 'buy', market.baseToken, size > 0n ? size : -size),
      ),
  };
}
