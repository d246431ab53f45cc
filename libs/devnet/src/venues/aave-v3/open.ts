import type { Hex } from 'viem';
import { lentFor } from '../../accounts/lent-for.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import type { Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import type { AaveV3Plan } from './plan.ts';
import { reserveOf } from './reserves.ts';

/** Aave's interest-rate mode 2: variable. */
const VARIABLE = 2n;

/** Opens the planned positions: first what the bank supplies for the owners, then what each owner does itself. */
export async function openOnAave(
  site: Site,
  { assets, venues }: DevnetContracts,
  plan: readonly Planned<AaveV3Plan>[],
): Promise<void> {
  const { bank } = site.actors;
  const call = (from: Hex, functionName: string, args: readonly unknown[]): Transaction => ({
    ...{ from, to: venues.aaveV3.pool, data: encodeCall(site.artifacts.Pool.abi, functionName, args) },
  });
  const token = (symbol: AssetSymbol) => assets[symbol].token;
  const supplies: Transaction[] = [];
  const choices: Transaction[] = [];
  const borrows: Transaction[] = [];
  for (const { owner, plan: position } of plan) {
    for (const { symbol, amount, enabled } of position.collateral) {
      supplies.push(call(bank, 'supply', [token(symbol), amount, owner, 0]));
      // A first supply switches the reserve on as collateral, except an isolated one.
      if (enabled === reserveOf(symbol).isolated) {
        choices.push(call(owner, 'setUserUseReserveAsCollateral', [token(symbol), enabled]));
      }
    }
    if (position.category > 0) choices.push(call(owner, 'setUserEMode', [position.category]));
    for (const { symbol, amount } of position.debt) {
      borrows.push(call(owner, 'borrow', [token(symbol), amount, VARIABLE, 0, owner]));
    }
  }
  const lending = [...debts(plan)].map(([symbol, amount]) =>
    call(bank, 'supply', [token(symbol), lentFor(symbol, amount), bank, 0]),
  );
  await site.bundles.send([...lending, ...supplies, ...choices, ...borrows]);
}

function debts(plan: readonly Planned<AaveV3Plan>[]): Map<AssetSymbol, bigint> {
  const total = new Map<AssetSymbol, bigint>();
  for (const { plan: position } of plan) {
    for (const { symbol, amount } of position.debt) total.set(symbol, (total.get(symbol) ?? 0n) + amount);
  }
  return total;
}
