import type { Hex } from 'viem';
import { lentFor } from '../../accounts/lent-for.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import type { Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import { tokensOf } from './deploy.ts';
import type { AaveV36Plan } from './plan.ts';

/** Aave's interest-rate mode 2: variable. */
const VARIABLE = 2n;

/** Opens the planned positions: first what the bank supplies for the owners, then what each owner does itself. */
export async function openOnAaveV36(
  site: Site,
  { assets, venues }: DevnetContracts,
  plan: readonly Planned<AaveV36Plan>[],
): Promise<void> {
  const { bank } = site.actors;
  const { abi } = site.artifacts.Aave36Pool;
  const tokens = tokensOf(assets, venues.aaveV36);
  const call = (from: Hex, functionName: string, args: readonly unknown[]): Transaction => ({
    ...{ from, to: venues.aaveV36.pool, data: encodeCall(abi, functionName, args) },
  });
  const supplies: Transaction[] = [];
  const choices: Transaction[] = [];
  const borrows: Transaction[] = [];
  for (const { owner, plan: position } of plan) {
    for (const { symbol, amount, enabled } of position.collateral) {
      const { token } = tokens[symbol];
      supplies.push(call(bank, 'supply', [token, amount, owner, 0]));
      // A first supply switches the reserve on as collateral.
      if (!enabled) choices.push(call(owner, 'setUserUseReserveAsCollateral', [token, false]));
    }
    if (position.category > 0) choices.push(call(owner, 'setUserEMode', [position.category]));
    for (const { symbol, amount } of position.debt)
      borrows.push(call(owner, 'borrow', [tokens[symbol].token, amount, VARIABLE, 0, owner]));
  }
  const lending = [...debts(plan)].map(([symbol, amount]) =>
    call(bank, 'supply', [tokens[symbol].token, lentFor(symbol, amount), bank, 0]),
  );
  await site.bundles.send([...lending, ...supplies, ...choices, ...borrows]);
}

function debts(plan: readonly Planned<AaveV36Plan>[]): Map<AssetSymbol, bigint> {
  const total = new Map<AssetSymbol, bigint>();
  for (const { symbol, amount } of plan.flatMap(({ plan: position }) => position.debt))
    total.set(symbol, (total.get(symbol) ?? 0n) + amount);
  return total;
}
