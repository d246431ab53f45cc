import type { Hex } from 'viem';
import { freshen } from '../../actions/freshen.ts';
import { unitsForUsd } from '../../deploy/listing.ts';
import type { Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import { musd } from './accounts.ts';
import { debtUsdOf, UNDERLYING, type MusdPlan } from './plan.ts';

/** Gas of an opening with the right hints. */
const OPEN_GAS = 1_200_000n;

/** What the venue adds to the debt that is drawn: a share of 0.1 %, and 200. */
const FEES = { share: 0.001, reserve: 200 };

/**
 * Opens the planned positions. They are kept in a list ordered by ratio of collateral to debt: opened from the safest
 * down, each belongs behind the one before.
 */
export async function openOnMusd(
  site: Site,
  contracts: DevnetContracts,
  plan: readonly Planned<MusdPlan>[],
): Promise<void> {
  const { borrowerOperations } = musd({ ...site, contracts });
  await freshen({ ...site, contracts }, [UNDERLYING]);
  let before: Hex = site.actors.bank;
  const ordered = plan.toSorted((a, b) => b.plan.health - a.plan.health);
  const openings = ordered.map(({ owner, plan: position }): Transaction => {
    const args = [drawnOf(debtUsdOf(position)), before, before];
    before = owner;
    return {
      ...{ from: owner, to: borrowerOperations.address, gas: OPEN_GAS },
      value: unitsForUsd(UNDERLYING, position.sizeUsd),
      data: encodeCall(borrowerOperations.abi, 'openTrove', args),
    };
  });
  await site.bundles.send(openings);
}

/** What an owner draws, raw units, to owe an amount of USD in all. */
export function drawnOf(debtUsd: number): bigint {
  return BigInt(Math.round(((debtUsd - FEES.reserve) / (1 + FEES.share)) * 1e6)) * 10n ** 12n;
}
