import { marketPriceUsd } from '../market/market.ts';
import type { Liquidated, Round, VenueLiquidated } from '../result.ts';
import type { Run } from '../run.ts';
import { liquidationsOf, type Call } from '../open-round.ts';
import { assetPaths, isTouched, standOf } from './asset-paths.ts';

/** Every round in order. */
export function roundsOf(run: Run): Round[] {
  const { market } = run.world;
  return run.steps.map(({ before, after, calls }, i) => ({
    index: i + 1,
    calls: calls.length,
    ...liquidatedBy(run, calls),
    assets: assetPaths(market, {
      before: standOf(market, before),
      after: standOf(market, after),
      calls,
    }).filter(isTouched),
    byVenue: byVenue(run, calls),
  }));
}

/** Venues that liquidated somebody, in the book's order. */
function byVenue(run: Run, calls: readonly Call[]): VenueLiquidated[] {
  const { venues } = run.world.book;
  const here: Call[][] = venues.map(() => []);
  for (const call of calls) here[call.venue]!.push(call);
  return venues.flatMap(({ id }, row) =>
    here[row]!.length === 0 ? [] : [{ venue: id, ...liquidatedBy(run, here[row]!) }],
  );
}

/** Accounts are counted once; bad debt is at the final market prices. */
function liquidatedBy({ world, end }: Run, calls: readonly Call[]): Liquidated {
  const accounts = new Set<number>();
  let liquidatedUsd = 0;
  let repaidUsd = 0;
  let badDebtUsd = 0;
  for (const liquidation of liquidationsOf([{ calls }])) {
    accounts.add(liquidation.account);
    liquidatedUsd += liquidation.seizedUsd;
    repaidUsd += liquidation.repaidUsd;
    for (const effect of liquidation.effects)
      if (effect.kind === 'badDebt')
        badDebtUsd += effect.amount * marketPriceUsd(world.market, end.places, effect.asset);
  }
  return { accounts: accounts.size, liquidatedUsd, repaidUsd, badDebtUsd };
}
