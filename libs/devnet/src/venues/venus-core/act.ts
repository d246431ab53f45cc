import type { Hex } from 'viem';
import type { Random } from '../../accounts/seeded-random.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { VenueScene } from '../venue-scene.ts';
import {
  chooseAction,
  newPositionUsd,
  newPositionUse,
  unitsWorth,
  type Circumstances,
  type OwnerAction,
  type OwnerActionKind,
} from '../../agent/owner-action.ts';
import {
  comptroller,
  healthOf,
  marketOf,
  readVenusAccounts,
  suppliedUsd,
  type VenusLeg,
} from './accounts.ts';
import { LISTED } from './markets.ts';

/** What an owner does on the core pool. The bank pays in for it. */
export async function actOnVenusCore(
  circumstances: Circumstances,
  owner: Hex,
): Promise<OwnerAction | undefined> {
  const { devnet, random, pricesUsd } = circumstances;
  const [account] = await readVenusAccounts(devnet, [owner]);
  if (!account) return undefined;
  const valueUsd = suppliedUsd(account.legs, pricesUsd);
  const health = healthOf(account, pricesUsd);
  // What is left of an insolvent account is nobody's to manage.
  if (health < 1) return undefined;
  const kind = chooseAction(health, valueUsd, random);
  if (!kind) return undefined;
  const limits = kind === 'open' ? await readLimits(devnet) : NO_LIMITS;
  const transactions = actions(circumstances, owner, { legs: account.legs, limits })[kind]();
  return transactions.length > 0 ? { kind, owner, transactions } : undefined;
}

/** Ratio up to which may be borrowed against an asset. */
type Limits = ReadonlyMap<AssetSymbol, number>;

const NO_LIMITS: Limits = new Map();

async function readLimits(devnet: VenueScene): Promise<Limits> {
  const contract = comptroller(devnet);
  const read = await devnet.chain.readMany<readonly [boolean, bigint]>(
    LISTED.map((symbol) => ({ contract, functionName: 'markets', args: [marketOf(devnet, symbol).address] })),
  );
  return new Map(LISTED.map((symbol, index) => [symbol, Number(read[index]?.[1] ?? 0n) / 1e18]));
}

/** A share between 5 % and 25 % of an amount. */
const part = (amount: bigint, random: Random) =>
  (amount * BigInt(Math.round(50 + 200 * random.uniform()))) / 1_000n;

function actions(
  circumstances: Circumstances,
  owner: Hex,
  { legs, limits }: { readonly legs: readonly VenusLeg[]; readonly limits: Limits },
): Record<OwnerActionKind, () => Transaction[]> {
  const { devnet, random } = circumstances;
  const { bank } = devnet.actors;
  const send = (from: Hex, symbol: AssetSymbol, functionName: string, ...args: readonly unknown[]) => {
    const { address, abi } = marketOf(devnet, symbol);
    return { from, to: address, data: encodeCall(abi, functionName, args) };
  };
  const enter = (symbol: AssetSymbol): Transaction => {
    const { address, abi } = comptroller(devnet);
    const args = [[marketOf(devnet, symbol).address]];
    return { from: owner, to: address, data: encodeCall(abi, 'enterMarkets', args) };
  };
  const supplied = legs.filter(({ tokens }) => tokens > 0n);
  const borrowed = legs.filter(({ debt }) => debt > 0n);
  return {
    open: () => {
      const sizeUsd = newPositionUsd(random);
      const symbol = random.uniform() < 0.65 ? 'WETH' : 'WBTC';
      const debtUsd = sizeUsd * (limits.get(symbol) ?? 0) * newPositionUse(random);
      return [
        send(bank, symbol, 'mintBehalf', owner, unitsWorth(circumstances, symbol, sizeUsd)),
        enter(symbol),
        send(owner, 'USDC', 'borrow', unitsWorth(circumstances, 'USDC', debtUsd)),
      ];
    },
    topUp: () =>
      supplied
        .slice(0, 1)
        .map(({ symbol, supplied: amount }) => send(bank, symbol, 'mintBehalf', owner, part(amount, random))),
    borrow: () =>
      borrowed.slice(0, 1).map(({ symbol, debt }) => send(owner, symbol, 'borrow', part(debt, random))),
    repay: () =>
      borrowed
        .slice(0, 1)
        .map(({ symbol, debt }) => send(bank, symbol, 'repayBorrowBehalf', owner, part(debt, random))),
    close: () => [
      // The largest integer means all of it.
      ...borrowed.map(({ symbol }) => send(bank, symbol, 'repayBorrowBehalf', owner, 2n ** 256n - 1n)),
      ...supplied.map(({ symbol, tokens }) => send(owner, symbol, 'redeem', tokens)),
    ],
  };
}
