import { parseEventLogs, type Hex, type Log } from 'viem';
import { usdOfUnits } from '../../deploy/listing.ts';
import type { Devnet } from '../../devnet.ts';
import { callWith } from '../../evm/call.ts';
import type { Receipt, Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { DueAccount, LiquidationDone, LiquidationOutcome, PricesUsd } from '../devnet-venue.ts';
import { musd, readTroves, type Trove } from './accounts.ts';
import { UNDERLYING } from './plan.ts';

/** Positions that one transaction liquidates: about 250,000 gas each, in blocks of three billion. */
const PER_BATCH = 4_000;
const GAS = { perBatch: 10_000_000n, perPosition: 600_000n };

/** Debt of liquidated positions that their collateral was not worth, by chain, USD: no view of the contracts tells it. */
const lossesUsd = new WeakMap<Devnet['chain'], number>();

/** See `lossesUsd`: since this program follows the chain. */
export const lossUsdSoFar = ({ chain }: Devnet): number => lossesUsd.get(chain) ?? 0;

/**
 * Liquidates the positions as batches, riskiest first. Then all depositors of the stability pool withdraw the collateral
 * that came to them: it is for sale like what the liquidator got.
 */
export async function liquidateTroves(
  devnet: Devnet,
  due: readonly DueAccount[],
  prices: PricesUsd,
): Promise<LiquidationOutcome> {
  const { troveManager } = musd(devnet);
  const troves = await readTroves(
    devnet,
    due.map(({ owner }) => owner),
  );
  const ordered = troves.toSorted((a, b) => (a.ratioWad < b.ratioWad ? -1 : a.ratioWad > b.ratioWad ? 1 : 0));
  const done: LiquidationDone[] = [];
  for (let start = 0; start < ordered.length; start += PER_BATCH) {
    const batch = ordered.slice(start, start + PER_BATCH);
    const transaction: Transaction = {
      ...{ from: devnet.actors.liquidator, to: troveManager.address },
      data: encodeCall(troveManager.abi, 'batchLiquidateTroves', [batch.map(({ owner }) => owner)]),
      gas: GAS.perBatch + GAS.perPosition * BigInt(batch.length),
    };
    const receipts = await devnet.chain.send([transaction], { mayFail: true });
    const [receipt] = receipts;
    if (receipt?.status === '0x1')
      done.push(...readBatch(devnet, due[0]?.venue ?? '', { batch, receipt, prices }));
  }
  await withdrawGains(devnet);
  return { done, failed: due.length - done.length };
}

interface Batch {
  readonly batch: readonly Trove[];
  readonly receipt: Receipt;
  readonly prices: PricesUsd;
}

function readBatch(devnet: Devnet, venue: string, { batch, receipt, prices }: Batch): LiquidationDone[] {
  const { troveManager, stabilityPool } = musd(devnet);
  const logs = receipt.logs as unknown as Log[];
  const debts = new Map(batch.map(({ owner, debt }) => [owner, debt]));
  const paid = paidByPool(devnet, logs);
  const priceUsd = prices.get(UNDERLYING) ?? 0;
  const events = parseEventLogs({ abi: troveManager.abi, logs, eventName: 'TroveLiquidated' });
  const liquidated = events.map(({ args }) => {
    const { _borrower, _coll } = args as unknown as { readonly _borrower: Hex; readonly _coll: bigint };
    const owner = _borrower.toLowerCase() as Hex;
    return { owner, collateral: _coll, debt: debts.get(owner) ?? 0n };
  });
  // The pool pays from the first position on, until it is empty, and takes collateral in proportion.
  let left = paid.debt;
  const done = liquidated.map(({ owner, collateral, debt }): LiquidationDone => {
    const offset = left < debt ? left : debt;
    left -= offset;
    const shared = collateral - collateral / 200n;
    const loss = Number(debt) / 1e18 - usdOfUnits(UNDERLYING, shared, priceUsd);
    lossesUsd.set(devnet.chain, lossUsdSoFar(devnet) + Math.max(0, loss));
    return {
      ...{ venue, owner, market: '', protocolFeeUsd: 0, inventory: new Map() },
      seizedUsd: usdOfUnits(UNDERLYING, collateral, priceUsd),
      repaidUsd: Number(offset) / 1e18,
    };
  });
  const [liquidation] = parseEventLogs({ abi: troveManager.abi, logs, eventName: 'Liquidation' });
  const { _collGasCompensation: compensation = 0n } = (liquidation?.args ?? {}) as Record<string, bigint>;
  const [first, ...rest] = done;
  if (!first) return [];
  return [{ ...first, inventory: new Map([[UNDERLYING, compensation + paid.collateral]]) }, ...rest];

  /** What the stability pool paid and took, by its own logs. */
  function paidByPool(of: Devnet, all: Log[]) {
    const sent = parseEventLogs({
      abi: of.artifacts.MusdActivePool.abi,
      logs: all,
      eventName: 'CollateralSent',
    });
    const burnt = parseEventLogs({ abi: musd(of).token.abi, logs: all, eventName: 'Transfer' });
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
}

/** The bank and the protocol itself are the depositors; who has nothing left in the pool has nothing to withdraw. */
async function withdrawGains(devnet: Devnet): Promise<void> {
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
}
