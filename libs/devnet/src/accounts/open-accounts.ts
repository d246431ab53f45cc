import type { Hex } from 'viem';
import type { DevnetContracts } from '../devnet.ts';
import { listingOf, rawUnits, type AssetSymbol } from '../deploy/listing.ts';
import type { Site } from '../deploy/site.ts';
import type { Transaction } from '../evm/chain.ts';
import { encodeCall, type Contract } from '../evm/contract.ts';
import type { PlannedAccount } from './plan-accounts.ts';

/** Aave's interest-rate mode 2: variable. */
const VARIABLE = 2n;

/** Share of what lenders put in that is lent out at the start. */
const UTILIZATION = 0.7;

/** Opens the planned positions: first what the bank supplies for the owners, then what each owner does itself. */
export async function openAccounts(
  site: Site,
  contracts: DevnetContracts,
  plan: readonly PlannedAccount[],
): Promise<void> {
  const pool: Contract = { address: contracts.aave.pool, abi: site.artifacts.Pool.abi };
  const morpho: Contract = { address: contracts.morpho.morpho, abi: site.artifacts.Morpho.abi };
  const { bank } = site.actors;
  const call = (
    contract: Contract,
    from: Hex,
    functionName: string,
    args: readonly unknown[],
  ): Transaction => ({
    ...{ from, to: contract.address, data: encodeCall(contract.abi, functionName, args) },
  });
  const token = (symbol: AssetSymbol) => contracts.assets[symbol].token;
  const supplies: Transaction[] = [];
  const choices: Transaction[] = [];
  const borrows: Transaction[] = [];
  for (const { owner, aave, morpho: pairs } of plan) {
    for (const { symbol, amount, enabled } of aave?.collateral ?? []) {
      supplies.push(call(pool, bank, 'supply', [token(symbol), amount, owner, 0]));
      // A first supply switches the reserve on as collateral, except an isolated one.
      if (enabled === listingOf(symbol).isolated) {
        choices.push(call(pool, owner, 'setUserUseReserveAsCollateral', [token(symbol), enabled]));
      }
    }
    if (aave && aave.category > 0) choices.push(call(pool, owner, 'setUserEMode', [aave.category]));
    for (const { symbol, amount } of aave?.debt ?? []) {
      borrows.push(call(pool, owner, 'borrow', [token(symbol), amount, VARIABLE, 0, owner]));
    }
    for (const { market, collateral, debt } of pairs) {
      const params = contracts.morpho.markets[market]?.params;
      supplies.push(call(morpho, bank, 'supplyCollateral', [params, collateral, owner, '0x']));
      borrows.push(call(morpho, owner, 'borrow', [params, debt, 0n, owner, owner]));
    }
  }
  const lending = lendingNeeded(plan).map(({ symbol, amount }) =>
    call(pool, bank, 'supply', [token(symbol), amount, bank, 0]),
  );
  const morphoLending = contracts.morpho.markets.map(({ params }, index) =>
    call(morpho, bank, 'supply', [params, morphoLendingNeeded(plan, index), 0n, bank, '0x']),
  );
  await site.chain.fund(plan.map(({ owner }) => owner));
  await site.chain.send([...lending, ...morphoLending]);
  await site.chain.send(supplies);
  await site.chain.send(choices);
  await site.chain.send(borrows);
}

/** What the bank lends on Aave so that the planned debt is the wanted share of it. */
function lendingNeeded(plan: readonly PlannedAccount[]): { symbol: AssetSymbol; amount: bigint }[] {
  const debts = new Map<AssetSymbol, bigint>();
  for (const { aave } of plan) {
    for (const { symbol, amount } of aave?.debt ?? []) debts.set(symbol, (debts.get(symbol) ?? 0n) + amount);
  }
  return [...debts].map(([symbol, amount]) => ({ symbol, amount: lent(symbol, amount) }));
}

function morphoLendingNeeded(plan: readonly PlannedAccount[], market: number): bigint {
  const pairs = plan.flatMap(({ morpho }) => morpho).filter((pair) => pair.market === market);
  return lent(
    'USDC',
    pairs.reduce((sum, { debt }) => sum + debt, 0n),
  );
}

/** At least the value of 100,000 USD, so that an empty plan leaves a usable market. */
function lent(symbol: AssetSymbol, debt: bigint): bigint {
  const floor = rawUnits(symbol, 100_000 / listingOf(symbol).priceUsd);
  return floor + (debt * 1_000n) / BigInt(Math.round(UTILIZATION * 1_000));
}
