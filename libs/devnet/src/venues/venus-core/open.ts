import type { Hex } from 'viem';
import { lentFor } from '../../accounts/lent-for.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import type { Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import type { Planned } from '../devnet-venue.ts';
import type { DevnetContracts } from '../venue-scene.ts';
import { LISTED } from './markets.ts';
import type { VenusCorePlan } from './plan.ts';

/** Opens the planned positions: what the bank lends and supplies for the owners, then what each owner does itself. */
export async function openOnVenusCore(
  site: Site,
  { venues }: DevnetContracts,
  plan: readonly Planned<VenusCorePlan>[],
): Promise<void> {
  const { comptroller, markets } = venues.venusCore;
  const { bank } = site.actors;
  const { abi } = site.artifacts.VenusToken;
  const at = (
    from: Hex,
    symbol: AssetSymbol,
    functionName: string,
    ...args: readonly unknown[]
  ): Transaction => ({
    ...{ from, to: markets[symbol], data: encodeCall(abi, functionName, args) },
  });
  const enter = (from: Hex, symbols: readonly AssetSymbol[]): Transaction => {
    const args = [symbols.map((symbol) => markets[symbol])];
    const data = encodeCall(site.artifacts.VenusComptroller.abi, 'enterMarkets', args);
    return { from, to: comptroller, data };
  };
  const lending = LISTED.map((symbol) => {
    const debts = plan.flatMap(({ plan: { debt } }) => debt.filter((leg) => leg.symbol === symbol));
    const debt = debts.reduce((sum, { amount }) => sum + amount, 0n);
    return at(bank, symbol, 'mint', lentFor(symbol, debt));
  });
  const supplies = plan.flatMap(({ owner, plan: { supply } }) =>
    supply.map(({ symbol, amount }) => at(bank, symbol, 'mintBehalf', owner, amount)),
  );
  const own = plan.flatMap(({ owner, plan: { supply, debt } }) => [
    enter(
      owner,
      supply.filter(({ entered }) => entered).map(({ symbol }) => symbol),
    ),
    ...debt.map(({ symbol, amount }) => at(owner, symbol, 'borrow', amount)),
  ]);
  await site.bundles.send([...lending, ...supplies, ...own]);
}
