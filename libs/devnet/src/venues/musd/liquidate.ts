import { parseEventLogs, type Hex, type Log } from 'viem';
import { swapTransaction } from '../../actions/swap.ts';
import { usdOfUnits } from '../../deploy/listing.ts';
import { callWith } from '../../evm/call.ts';
import type { Receipt } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import { OWN_COIN, type Claim, type Offer } from '../../liquidator/offer.ts';
import type { DueAccount } from '../../liquidator/due-account.ts';
import type { CallDone, ClaimsAt, LiquidationDone } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import { LEAST_RATIO_WAD, musd, readTroves, type Trove } from './accounts.ts';
import { UNDERLYING } from './plan.ts';

/** Debt of liquidated positions that their collateral was not worth, by chain, USD: no view of the contracts tells it. */
const lossesUsd = new WeakMap<VenueScene['chain'], number>();

/** See `lossesUsd`: since this program follows the chain. */
export const lossUsdSoFar = ({ chain }: VenueScene): number => lossesUsd.get(chain) ?? 0;

/**
 * All positions as one batch, riskiest first. Then all depositors of the stability pool withdraw the collateral that came
 * to them, and sell it as the liquidator does.
 */
export async function musdClaims(devnet: VenueScene, { due, phase }: ClaimsAt): Promise<Claim[]> {
  const [account] = due;
  if (phase === 1 || !account) return [];
  const troves = await ordered(devnet, due);
  const { troveManager } = musd(devnet);
  const owners = troves.map(({ owner }) => owner);
  const data = encodeCall(troveManager.abi, 'batchLiquidateTroves', [owners]);
  const offer: Offer = {
    calls: [{ target: troveManager.address, data }],
    goods: [{ symbol: UNDERLYING, forms: [{ token: OWN_COIN, scale: 1n }] }],
    ...{ whole: 0n, isFree: true },
  };
  return [
    {
      ...{ account, accounts: due, offers: [offer] },
      healthFactor: Number(troves[0]?.ratioWad ?? 0n) / Number(LEAST_RATIO_WAD),
      afterwards: (receipt) => sellGains(devnet, receipt),
    },
  ];
}

/** By ratio of collateral to debt, lowest first. */
async function ordered(devnet: VenueScene, due: readonly DueAccount[]): Promise<Trove[]> {
  const troves = await readTroves(
    devnet,
    due.map(({ owner }) => owner),
  );
  return troves.sort((a, b) => (a.ratioWad < b.ratioWad ? -1 : a.ratioWad > b.ratioWad ? 1 : 0));
}

/** What a batch did, from its logs. */
export function readMusdLiquidations(
  devnet: VenueScene,
  claim: Claim,
  { receipt, prices }: CallDone,
): LiquidationDone[] {
  const { troveManager } = musd(devnet);
  const { venue } = claim.account;
  const logs = receipt.logs as unknown as Log[];
  const priceUsd = prices.get(UNDERLYING) ?? 0;
  const events = parseEventLogs({ abi: troveManager.abi, logs, eventName: 'TroveLiquidated' });
  const liquidated = events.map(({ args }) => {
    const { _borrower, _coll, _debt } = args as unknown as {
      readonly _borrower: Hex;
      readonly _coll: bigint;
      readonly _debt: bigint;
    };
    return { owner: _borrower.toLowerCase() as Hex, collateral: _coll, debt: _debt };
  });
  // The pool pays from the first position on, until it is empty, and takes collateral in proportion.
  let left = paidByPool(devnet, logs).debt;
  return liquidated.map(({ owner, collateral, debt }): LiquidationDone => {
    const offset = left < debt ? left : debt;
    left -= offset;
    const shared = collateral - collateral / 200n;
    const loss = Number(debt) / 1e18 - usdOfUnits(UNDERLYING, shared, priceUsd);
    lossesUsd.set(devnet.chain, lossUsdSoFar(devnet) + Math.max(0, loss));
    return {
      ...{ venue, owner, market: '', protocolFeeUsd: 0 },
      seizedUsd: usdOfUnits(UNDERLYING, collateral, priceUsd),
      repaidUsd: Number(offset) / 1e18,
    };
  });
}

/** What the stability pool paid and took, by its own logs. */
function paidByPool(devnet: VenueScene, logs: Log[]) {
  const { token, stabilityPool } = musd(devnet);
  const sent = parseEventLogs({
    abi: devnet.artifacts.MusdActivePool.abi,
    logs,
    eventName: 'CollateralSent',
  });
  const burnt = parseEventLogs({ abi: token.abi, logs, eventName: 'Transfer' });
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  const isPool = (address: unknown) => String(address).toLowerCase() === stabilityPool.address;
  return {
    collateral: sum(
      sent
        .map(({ args }) => args as unknown as { _to: Hex; _amount: bigint })
        .filter(({ _to }) => isPool(_to))
        .map(({ _amount }) => _amount),
    ),
    debt: sum(
      burnt
        .map(({ args }) => args as unknown as { from: Hex; value: bigint })
        .filter(({ from }) => isPool(from))
        .map(({ value }) => value),
    ),
  };
}

/** The bank and the protocol itself are the depositors; who has nothing left in the pool has nothing to withdraw. */
async function sellGains(devnet: VenueScene, { logs }: Receipt): Promise<void> {
  const { stabilityPool, pcv } = musd(devnet);
  const { bank, deployer } = devnet.actors;
  const deposits = await devnet.chain.readMany<bigint>(
    [bank, pcv.address].map((of) => ({ contract: stabilityPool, functionName: 'deposits', args: [of] })),
  );
  const call = callWith();
  const calls = [
    call(bank, stabilityPool, 'withdrawFromSP', [0n]),
    call(deployer, pcv, 'withdrawFromStabilityPool', [0n]),
  ];
  await devnet.chain.send(calls.filter((_, index) => (deposits[index] ?? 0n) > 0n));
  const { collateral: amount } = paidByPool(devnet, logs as unknown as Log[]);
  if (amount > 0n)
    await devnet.chain.send([swapTransaction(devnet, { symbol: UNDERLYING, side: 'sell', amount })]);
}
