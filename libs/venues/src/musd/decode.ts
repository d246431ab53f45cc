import { eventTopic, readEvents } from '@undertow/chain';
import type { EventArgs, On, RawLog, Said } from '@undertow/chain';
import { CDP_MARKET_ID } from '@undertow/market';
import type { Address, CdpGrowthChange, CdpTerms, Fact, Hex } from '@undertow/market';
import { musdEvents } from './abi.ts';
import { decodeTrove, OPERATIONS } from './decode-trove.ts';
import type { MusdDeployment } from './deployments.ts';
import type { Learned } from './learned.ts';

/** First topics of the events that say something. */
export const musdTopics: readonly Hex[] = Object.values(musdEvents).map(eventTopic);

/**
 * Decoder of the logs of one deployment. It remembers in `learned` what one log says and the next does not. Logs of
 * other contracts and events say nothing; a log that is not a whole log of its event becomes `Quarantined`.
 */
export function musdDecoder(deployment: MusdDeployment, learned: Learned): (log: RawLog) => readonly Fact[] {
  return readEvents(deployment.id, (on) => {
    onPositions(on, deployment, learned);
    onTotals(on, deployment);
    onTerms(on, deployment, learned);
    onPool(on, deployment, learned);
  });
}

/** Terms that the deployment itself gives, and the feed that its price feed asks. */
export function givenTerms({ nativeCoin, musd }: MusdDeployment, oracle: Address) {
  return {
    ...{ collateralAsset: nativeCoin.address, collateralFollows: nativeCoin.wrapped, debtAsset: musd },
    oracle: { form: 'feed', feed: oracle },
  } satisfies Partial<CdpTerms>;
}

function onPositions(on: On, deployment: MusdDeployment, learned: Learned): void {
  const { id: venue, troveManager, borrowerOperations, nativeCoin, musd } = deployment;
  on(troveManager, musdEvents.troveSnapshotsUpdated, (args) => {
    learned.given = perStakeOf(args);
    return [];
  });
  const as =
    (operations: (typeof OPERATIONS)[keyof typeof OPERATIONS]) =>
    (args: EventArgs<typeof musdEvents.troveUpdated>, log: RawLog) =>
      decodeTrove({ deployment, learned, operations }, args, log);
  on(borrowerOperations, musdEvents.troveUpdated, as(OPERATIONS.borrower));
  on(troveManager, musdEvents.troveUpdated, as(OPERATIONS.manager));
  // The log has the principal alone, and does not say who liquidated nor how much of it the pool repaid.
  on(troveManager, musdEvents.troveLiquidated, ({ _borrower: owner, _debt: repaid, _coll: seized }) => [
    {
      ...{ kind: 'Liquidated', venue, market: CDP_MARKET_ID, owner, liquidator: NOBODY, repaid, seized },
      ...{ collateralAsset: nativeCoin.address, debtAsset: musd, badDebt: 0n },
    },
  ]);
}

const NOBODY: Address = '0x0000000000000000000000000000000000000000';

function onTotals(on: On, deployment: MusdDeployment): void {
  const { id: venue, troveManager, activePool, defaultPool, interestRateManager } = deployment;
  const grown = (change: Omit<CdpGrowthChange, 'form'>): readonly Said[] => [
    { kind: 'GrowthAccrued', venue, market: CDP_MARKET_ID, growth: { form: 'cdp', ...change } },
  ];
  const debtOf = (args: { readonly _principal: bigint; readonly _interest: bigint }) => ({
    ...{ principal: args._principal, interest: args._interest },
  });
  on(troveManager, musdEvents.lTermsUpdated, (args) => grown({ perStake: perStakeOf(args) }));
  on(troveManager, musdEvents.systemSnapshotsUpdated, (args) =>
    grown({
      stakesAtLiquidation: args._totalStakesSnapshot,
      collateralAtLiquidation: args._totalCollateralSnapshot,
    }),
  );
  on(activePool, musdEvents.activeDebt, (args) => grown({ activeDebt: debtOf(args) }));
  on(activePool, musdEvents.activeCollateral, (args) => grown({ activeCollateral: args._collateral }));
  on(defaultPool, musdEvents.pendingDebt, (args) => grown({ pendingDebt: debtOf(args) }));
  on(defaultPool, musdEvents.pendingCollateral, (args) => grown({ pendingCollateral: args._collateral }));
  on(interestRateManager, musdEvents.interestNumeratorChanged, (args) =>
    grown({ interestNumerator: args._newNumerator }),
  );
}

function onTerms(on: On, deployment: MusdDeployment, learned: Learned): void {
  const { id: venue, priceFeed, interestRateManager } = deployment;
  const terms = (patch: Partial<Omit<CdpTerms, 'form'>>): readonly Said[] => [
    { kind: 'TermsChanged', venue, market: CDP_MARKET_ID, patch: { form: 'cdp', ...patch } },
  ];
  on(priceFeed, musdEvents.oracleRegistered, ({ _oracle }) =>
    terms({ ...givenTerms(deployment, _oracle), interestRateBps: learned.interestRateBps }),
  );
  on(interestRateManager, musdEvents.interestRateUpdated, ({ newInterestRate }) => {
    learned.interestRateBps = BigInt(newInterestRate);
    return terms({ interestRateBps: learned.interestRateBps });
  });
}

/** What comes into the pool counts when the pool says so just before; what leaves it always does. */
function onPool(on: On, deployment: MusdDeployment, learned: Learned): void {
  const { id: venue, stabilityPool, musd } = deployment;
  const moved = (amountDelta: bigint): readonly Said[] => [
    { kind: 'FundMoved', venue, fund: 'stability-pool', asset: musd, amountDelta },
  ];
  on(stabilityPool, musdEvents.poolBalance, (_args, { block, logIndex }) => {
    learned.poolBalance = { block, logIndex };
    return [];
  });
  on(musd, musdEvents.transfer, ({ from, to, value }, { block, logIndex }) => {
    if (from === to) return [];
    if (from === stabilityPool) return moved(-value);
    const { poolBalance: said } = learned;
    return to === stabilityPool && said?.block === block && said.logIndex === logIndex - 1
      ? moved(value)
      : [];
  });
}

const perStakeOf = (args: EventArgs<typeof musdEvents.lTermsUpdated>) => ({
  collateralWad: args._L_Collateral,
  principalWad: args._L_Principal,
  interestWad: args._L_Interest,
});
