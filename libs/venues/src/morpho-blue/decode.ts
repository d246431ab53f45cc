import { eventTopic, readEvents, unreadable } from '@undertow/chain';
import type { EventArgs, On, RawLog, Said } from '@undertow/chain';
import type { Address, Fact, Hex, IndexAccrued, LegSide, PairTerms } from '@undertow/market';
import type { AbiEvent } from 'viem';
import { morphoEvents } from './abi.ts';
import type { MorphoBlueDeployment } from './deployments.ts';
import type { LearnedMarkets } from './learned-markets.ts';

/** First topics of the events that say something. */
export const morphoTopics: readonly Hex[] = Object.values(morphoEvents).map(eventTopic);

/**
 * Decoder of the logs of one deployment. It remembers markets in `learned`. Logs of other contracts and
 * events say nothing; a log that is not a whole log of its event becomes `Quarantined`.
 */
export function morphoDecoder(
  deployment: MorphoBlueDeployment,
  learned: LearnedMarkets,
): (log: RawLog) => readonly Fact[] {
  return readEvents(deployment.id, (on) => registerEvents(on, deployment, learned));
}

/** What rate model a contract is, as far as the deployment says. */
export function rateModelOf(deployment: MorphoBlueDeployment, irm: Address): PairTerms['rateModel'] {
  const form =
    BigInt(irm) === 0n
      ? 'none'
      : irm === deployment.adaptiveCurveIrm
        ? 'adaptive-curve'
        : irm === deployment.utilizationIrm
          ? 'utilization-over-year'
          : 'unknown';
  return { address: irm, form };
}

function registerEvents(register: On, deployment: MorphoBlueDeployment, learned: LearnedMarkets): void {
  const on = <const Event extends AbiEvent>(
    event: Event,
    say: (args: EventArgs<Event>, log: RawLog) => readonly Said[],
    address: Address | undefined = deployment.morpho,
  ): void => register(address, event, say);
  const sayings = sayingsOf(deployment, learned);
  on(morphoEvents.createMarket, ({ id, marketParams }) => {
    const { loanToken, collateralToken, oracle, irm, lltv } = marketParams;
    learned.markets.set(id, {
      collateralAsset: collateralToken,
      debtAsset: loanToken,
      oracleAddress: oracle,
    });
    const patch = {
      form: 'pair',
      collateralAsset: collateralToken,
      debtAsset: loanToken,
      liquidationThresholdWad: lltv,
      rateModel: rateModelOf(deployment, irm),
    } as const;
    // Nothing is owed yet, but interest counts from here.
    return [
      { kind: 'TermsChanged', venue: deployment.id, market: id, patch },
      sayings.totals(id, 'debt', 0n, 0n),
    ];
  });
  on(morphoEvents.setFee, ({ id, newFee }) => [sayings.accrual(id, { form: 'fee', feeWad: newFee })]);
  on(morphoEvents.accrueInterest, ({ id, interest, feeShares }) => [
    sayings.totals(id, 'debt', interest, 0n),
    sayings.totals(id, 'supply', interest, feeShares),
  ]);
  on(morphoEvents.supply, ({ id, assets, shares }) => [sayings.totals(id, 'supply', assets, shares)]);
  on(morphoEvents.withdraw, ({ id, assets, shares }) => [sayings.totals(id, 'supply', -assets, -shares)]);
  on(morphoEvents.borrow, ({ id, onBehalf, assets, shares }) => [
    sayings.leg(id, onBehalf, 'debt', shares),
    sayings.totals(id, 'debt', assets, shares),
  ]);
  on(morphoEvents.repay, ({ id, onBehalf, assets, shares }) => [
    sayings.leg(id, onBehalf, 'debt', -shares),
    sayings.totals(id, 'debt', -assets, -shares),
  ]);
  on(morphoEvents.supplyCollateral, ({ id, onBehalf, assets }) => [
    sayings.leg(id, onBehalf, 'collateral', assets),
  ]);
  on(morphoEvents.withdrawCollateral, ({ id, onBehalf, assets }) => [
    sayings.leg(id, onBehalf, 'collateral', -assets),
    // Interest is accrued even where no rate model says so by an event.
    sayings.totals(id, 'debt', 0n, 0n),
  ]);
  on(morphoEvents.liquidate, (args, log) => sayings.liquidation(args, log));
  on(
    morphoEvents.borrowRateUpdate,
    ({ id, rateAtTarget }) => [sayings.accrual(id, { form: 'rateAtTarget', rateAtTargetWad: rateAtTarget })],
    deployment.adaptiveCurveIrm,
  );
}

/** The facts that Morpho's events are made of. */
function sayingsOf(deployment: MorphoBlueDeployment, learned: LearnedMarkets) {
  const venue = deployment.id;
  const accrual = (market: Hex, said: IndexAccrued['accrual']): Said => ({
    kind: 'IndexAccrued',
    venue,
    market,
    accrual: said,
  });
  const totals = (market: Hex, side: 'debt' | 'supply', assetsDelta: bigint, sharesDelta: bigint): Said =>
    accrual(market, { form: 'totals', side, assetsDelta, sharesDelta, accrued: true });
  const leg = (market: Hex, owner: Address, side: LegSide, sharesDelta: bigint): Said => ({
    kind: 'LegChanged',
    venue,
    market,
    owner,
    side,
    sharesDelta,
  });
  const liquidation = (args: EventArgs<typeof morphoEvents.liquidate>, log: RawLog): readonly Said[] => {
    const { id, borrower, caller, repaidAssets, repaidShares, seizedAssets, badDebtAssets, badDebtShares } =
      args;
    const market = learned.markets.get(id);
    const liquidated: Said = market
      ? {
          kind: 'Liquidated',
          venue,
          market: id,
          owner: borrower,
          liquidator: caller,
          collateralAsset: market.collateralAsset,
          debtAsset: market.debtAsset,
          repaid: repaidAssets,
          seized: seizedAssets,
          badDebt: badDebtAssets,
        }
      : unreadable(venue, log, 'liquidation in a market whose creation was not read');
    return [
      leg(id, borrower, 'collateral', -seizedAssets),
      leg(id, borrower, 'debt', -repaidShares - badDebtShares),
      totals(id, 'debt', -repaidAssets - badDebtAssets, -repaidShares - badDebtShares),
      ...(badDebtAssets === 0n ? [] : [totals(id, 'supply', -badDebtAssets, 0n)]),
      liquidated,
    ];
  };
  return { accrual, totals, leg, liquidation };
}
