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
import { ZERO_ADDRESS } from '../../deploy/site.ts';
import { callWith } from '../../evm/call.ts';
import type { Transaction } from '../../evm/chain.ts';
import { LEAST_RATIO_WAD, musd, readTroves, type Trove } from './accounts.ts';
import { drawnOf } from './open.ts';
import { LEAST_DEBT_USD, LEAST_RATIO, UNDERLYING } from './plan.ts';

const call = callWith(20_000_000n);

/** What an owner does with its position, or opens one. It pays collateral itself, and repays with the MUSD that it drew; the bank adds what it lacks to leave. */
export async function actOnMusd(circumstances: Circumstances, owner: Hex): Promise<OwnerAction | undefined> {
  const { devnet, random, pricesUsd } = circumstances;
  const [trove] = await readTroves(devnet, [owner]);
  if (!trove) {
    const kind = chooseAction(Infinity, 0, random);
    return kind && { kind, owner, transactions: await openNew(circumstances, owner) };
  }
  const valueUsd = (Number(trove.collateral) / 1e18) * (pricesUsd.get(UNDERLYING) ?? 0);
  const health = Number(trove.ratioWad) / Number(LEAST_RATIO_WAD);
  const kind = chooseAction(health, valueUsd, random);
  if (!kind || kind === 'open') return undefined;
  return { kind, owner, transactions: (await actions(circumstances, trove))[kind]() };
}

async function actions(
  { devnet, random }: Circumstances,
  { owner, collateral, debt }: Trove,
): Promise<Record<Exclude<OwnerActionKind, 'open'>, () => Transaction[]>> {
  const { borrowerOperations, token } = musd(devnet);
  const { bank } = devnet.actors;
  const hints = await neighbours(devnet, owner);
  const part = (amount: bigint) => (amount * BigInt(Math.round(50 + 200 * random.uniform()))) / 1_000n + 1n;
  const own = await devnet.chain.read<bigint>(token, 'balanceOf', [owner]);
  const lent = own < debt ? [call(bank, token, 'transfer', [owner, debt - own])] : [];
  return {
    topUp: () => [{ ...call(owner, borrowerOperations, 'addColl', hints), value: part(collateral) }],
    borrow: () => [call(owner, borrowerOperations, 'withdrawMUSD', [part(debt), ...hints])],
    repay: () => [call(owner, borrowerOperations, 'repayMUSD', [part(debt), ...hints])],
    close: () => [...lent, call(owner, borrowerOperations, 'closeTrove', [])],
  };
}

async function openNew(circumstances: Circumstances, owner: Hex): Promise<Transaction[]> {
  const { devnet, random } = circumstances;
  const { borrowerOperations } = musd(devnet);
  const use = newPositionUse(random);
  const debtUsd = Math.max(LEAST_DEBT_USD, (newPositionUsd(random) * use) / LEAST_RATIO);
  const value = unitsWorth(circumstances, UNDERLYING, (debtUsd * LEAST_RATIO) / use);
  const hints = await placeOf(devnet, (value * NICR_PRECISION) / (BigInt(Math.round(debtUsd)) * 10n ** 18n));
  return [{ ...call(owner, borrowerOperations, 'openTrove', [drawnOf(debtUsd), ...hints]), value }];
}

/** `LiquityMath.NICR_PRECISION`: what the list is ordered by is collateral ÷ principal in this many parts. */
const NICR_PRECISION = 10n ** 20n;

/** Positions of the list that are tried to find one near the place of a new one. */
const TRIALS = 50n;

/** Those between whom a new position belongs. */
async function placeOf(devnet: Circumstances['devnet'], ratio: bigint): Promise<readonly Hex[]> {
  const { hintHelpers, sortedTroves } = musd(devnet);
  const { chain } = devnet;
  const [near] = await chain.read<readonly [Hex]>(hintHelpers, 'getApproxHint', [ratio, TRIALS, ratio]);
  return chain.read<readonly Hex[]>(sortedTroves, 'findInsertPosition', [ratio, near, near]);
}

/** Those next to the owner in the list by ratio: from there its new place is near. */
async function neighbours(devnet: Circumstances['devnet'], owner: Hex): Promise<readonly Hex[]> {
  const { sortedTroves: contract } = musd(devnet);
  const [before = ZERO_ADDRESS, after = ZERO_ADDRESS] = await devnet.chain.readMany<Hex>(
    ['getPrev', 'getNext'].map((functionName) => ({ contract, functionName, args: [owner] })),
  );
  return [before, after];
}
