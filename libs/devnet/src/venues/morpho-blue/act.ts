import type { Hex } from 'viem';
import type { Random } from '../../accounts/seeded-random.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import {
  healthOfMorphoPosition,
  morpho,
  readMorphoMarkets,
  readMorphoPositions,
  toAssetsUp,
  type MorphoPosition,
} from './accounts.ts';
import { USUAL_MARKETS } from './markets.ts';
import {
  chooseAction,
  newPositionUsd,
  newPositionUse,
  unitsWorth,
  type Circumstances,
  type OwnerAction,
  type OwnerActionKind,
} from '../../agent/owner-action.ts';

/** What an owner does in one of the usual Morpho markets. The bank pays in for it, and gets what it takes out. */
export async function actOnMorpho(
  circumstances: Circumstances,
  owner: Hex,
): Promise<OwnerAction | undefined> {
  const { devnet, random } = circumstances;
  const states = (await readMorphoMarkets(devnet)).slice(0, USUAL_MARKETS);
  const state = states[Math.floor(random.uniform() * states.length)];
  if (!state) return undefined;
  const [position] = await readMorphoPositions(devnet, state, [owner]);
  if (!position) return undefined;
  const valueUsd = (Number(position.collateral) * Number(state.price)) / 1e42;
  const kind = chooseAction(healthOfMorphoPosition(position), valueUsd, random);
  if (!kind) return undefined;
  return { kind, owner, transactions: actions(circumstances, position)[kind]() };
}

/** A share between 5 % and 25 % of an amount, and never nothing. */
const part = (amount: bigint, random: Random) =>
  (amount * BigInt(Math.round(50 + 200 * random.uniform()))) / 1_000n + 1n;

function actions(
  circumstances: Circumstances,
  { state, owner, borrowShares, collateral }: MorphoPosition,
): Record<OwnerActionKind, () => Transaction[]> {
  const { devnet, random } = circumstances;
  const { bank } = devnet.actors;
  const { params, collateral: symbol } = state.market;
  const { address, abi } = morpho(devnet);
  const send = (from: Hex, functionName: string, ...args: readonly unknown[]): Transaction => ({
    ...{ from, to: address, data: encodeCall(abi, functionName, [params, ...args]) },
  });
  const debt = toAssetsUp(borrowShares, state);
  return {
    open: () => {
      const sizeUsd = newPositionUsd(random);
      const limit = Number(params.lltv) / 1e18;
      const borrow = unitsWorth(circumstances, 'USDC', sizeUsd * limit * newPositionUse(random));
      return [
        send(bank, 'supplyCollateral', unitsWorth(circumstances, symbol, sizeUsd), owner, '0x'),
        send(owner, 'borrow', borrow, 0n, owner, owner),
      ];
    },
    topUp: () => [send(bank, 'supplyCollateral', part(collateral, random), owner, '0x')],
    borrow: () => [send(owner, 'borrow', part(debt, random), 0n, owner, owner)],
    repay: () => [send(bank, 'repay', 0n, part(borrowShares, random), owner, '0x')],
    close: () => [
      send(bank, 'repay', 0n, borrowShares, owner, '0x'),
      send(owner, 'withdrawCollateral', collateral, owner, bank),
    ],
  };
}
