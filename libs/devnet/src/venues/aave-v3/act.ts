import type { Hex } from 'viem';
import type { Random } from '../../accounts/seeded-random.ts';
import { toUsd } from '../../actions/post-prices.ts';
import { MAX_UINT256 } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { VenueScene } from '../venue-scene.ts';
import { AAVE_V30, readAaveAccounts, type AaveMarket } from './accounts.ts';
import {
  chooseAction,
  newPositionUsd,
  newPositionUse,
  unitsWorth,
  type Circumstances,
  type OwnerAction,
  type OwnerActionKind,
} from '../../agent/owner-action.ts';

/** Aave's interest-rate mode 2: variable. */
const VARIABLE = 2n;

/** What an owner does on Aave. The bank pays in for it, and gets what it takes out. */
export async function actOnAave(
  circumstances: Circumstances,
  owner: Hex,
  market: AaveMarket = AAVE_V30,
): Promise<OwnerAction | undefined> {
  const { devnet, random } = circumstances;
  const [account] = await readAaveAccounts(devnet, [owner], market);
  if (!account) return undefined;
  const { collateralBase, debtBase, healthFactorWad } = account;
  // What is left of an insolvent account is nobody's to manage.
  if (debtBase > 0n && collateralBase === 0n) return undefined;
  const health = debtBase === 0n ? Infinity : Number(healthFactorWad) / 1e18;
  const kind = chooseAction(health, toUsd(collateralBase), random);
  if (!kind) return undefined;
  const legs = await readLegs(devnet, owner, market);
  const limits = kind === 'open' ? await readLimits(devnet, market) : NO_LIMITS;
  const transactions = actions(circumstances, owner, { legs, market, limits })[kind]();
  return transactions.length > 0 ? { kind, owner, transactions } : undefined;
}

interface Leg {
  readonly token: Hex;
  readonly supplied: bigint;
  readonly debt: bigint;
}

async function readLegs(devnet: VenueScene, owner: Hex, market: AaveMarket): Promise<Leg[]> {
  const tokens = market.tokens(devnet);
  const contract = market.dataProvider(devnet);
  const rows = await devnet.chain.readMany<readonly bigint[]>(
    tokens.map((token) => ({ contract, functionName: 'getUserReserveData', args: [token, owner] })),
  );
  return tokens.map((token, index) => {
    const [supplied = 0n, , debt = 0n] = rows[index] ?? [];
    return { token, supplied, debt };
  });
}

/** Ratio up to which may be borrowed against a token. */
type Limits = ReadonlyMap<Hex, number>;

const NO_LIMITS: Limits = new Map();

async function readLimits(devnet: VenueScene, market: AaveMarket): Promise<Limits> {
  const tokens = market.tokens(devnet);
  const contract = market.dataProvider(devnet);
  const read = await devnet.chain.readMany<readonly bigint[]>(
    tokens.map((token) => ({ contract, functionName: 'getReserveConfigurationData', args: [token] })),
  );
  return new Map(tokens.map((token, index) => [token, Number(read[index]?.[1] ?? 0n) / 10_000]));
}

/** A share between 5 % and 25 % of an amount. */
const part = (amount: bigint, random: Random) =>
  (amount * BigInt(Math.round(50 + 200 * random.uniform()))) / 1_000n;

function actions(
  circumstances: Circumstances,
  owner: Hex,
  {
    legs,
    market,
    limits,
  }: { readonly legs: readonly Leg[]; readonly market: AaveMarket; readonly limits: Limits },
): Record<OwnerActionKind, () => Transaction[]> {
  const { devnet, random } = circumstances;
  const { bank } = devnet.actors;
  const pool = market.pool(devnet);
  const send = (from: Hex, functionName: string, ...args: readonly unknown[]): Transaction => ({
    ...{ from, to: pool.address, data: encodeCall(pool.abi, functionName, args) },
  });
  const supplied = legs.filter((leg) => leg.supplied > 0n);
  const borrowed = legs.filter((leg) => leg.debt > 0n);
  return {
    open: () => {
      const sizeUsd = newPositionUsd(random);
      const symbol = random.uniform() < 0.65 ? 'WETH' : 'WBTC';
      const { token } = devnet.contracts.assets[symbol];
      const limit = limits.get(token) ?? 0;
      const borrow = unitsWorth(circumstances, 'USDC', sizeUsd * limit * newPositionUse(random));
      const usdc = devnet.contracts.assets.USDC.token;
      return [
        send(bank, 'supply', token, unitsWorth(circumstances, symbol, sizeUsd), owner, 0),
        send(owner, 'borrow', usdc, borrow, VARIABLE, 0, owner),
      ];
    },
    topUp: () =>
      supplied
        .slice(0, 1)
        .map((leg) => send(bank, 'supply', leg.token, part(leg.supplied, random), owner, 0)),
    borrow: () => {
      return borrowed
        .slice(0, 1)
        .map((leg) => send(owner, 'borrow', leg.token, part(leg.debt, random), VARIABLE, 0, owner));
    },
    repay: () =>
      borrowed
        .slice(0, 1)
        .map((leg) => send(bank, 'repay', leg.token, part(leg.debt, random), VARIABLE, owner)),
    close: () => [
      // Somebody else's debt cannot be repaid with "all": a little more than it is, of which the rest is not taken.
      ...borrowed.map((leg) =>
        send(bank, 'repay', leg.token, leg.debt + leg.debt / 100n + 1n, VARIABLE, owner),
      ),
      ...supplied.map((leg) => send(owner, 'withdraw', leg.token, MAX_UINT256, bank)),
    ],
  };
}
