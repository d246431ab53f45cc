import type { Hex } from 'viem';
import { lentFor } from '../../accounts/lent-for.ts';
import type { Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import type { MorphoBluePlan } from './plan.ts';

/** Opens the planned positions: first what the bank supplies for the owners, then what each owner borrows. */
export async function openOnMorpho(
  site: Site,
  { venues }: DevnetContracts,
  plan: readonly Planned<MorphoBluePlan>[],
): Promise<void> {
  const { bank } = site.actors;
  const { morpho, markets } = venues.morphoBlue;
  const { abi } = site.artifacts.Morpho;
  const call = (from: Hex, functionName: string, args: readonly unknown[]): Transaction => ({
    ...{ from, to: morpho, data: encodeCall(abi, functionName, args) },
  });
  const supplies: Transaction[] = [];
  const borrows: Transaction[] = [];
  const debts = markets.map(() => 0n);
  for (const { owner, plan: positions } of plan) {
    for (const { market, collateral, debt } of positions) {
      const params = markets[market]?.params;
      supplies.push(call(bank, 'supplyCollateral', [params, collateral, owner, '0x']));
      borrows.push(call(owner, 'borrow', [params, debt, 0n, owner, owner]));
      debts[market] = (debts[market] ?? 0n) + debt;
    }
  }
  const lending = markets.map(({ params, loan }, index) =>
    call(bank, 'supply', [params, lentFor(loan, debts[index] ?? 0n), 0n, bank, '0x']),
  );
  await site.bundles.send([...lending, ...supplies, ...borrows]);
}
