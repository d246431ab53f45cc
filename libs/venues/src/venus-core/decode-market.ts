import { readEvents } from '@undertow/chain';
import type { RawLog, Said } from '@undertow/chain';
import type { Address, Fact, MoneyMarketGrowthChange, VenueId } from '@undertow/market';
import { venusCoreEvents as events } from './abi.ts';
import type { Learned } from './learned.ts';

type Moved = Omit<Extract<MoneyMarketGrowthChange, { said: 'moved' }>, 'form' | 'said'>;

/**
 * Decoder of the logs of one market. Its id is its address. `learned` gives the asset that debts are of: while it is not
 * known, a liquidation changes legs and debts, and is told of as one later (`venusCoreDecoder`).
 */
export function decodeMarket(
  venue: VenueId,
  market: Address,
  learned: Learned,
): (log: RawLog) => readonly Fact[] {
  const moved = (change: Moved): Said => ({
    ...{ kind: 'GrowthAccrued', venue, market },
    growth: { form: 'money-market', said: 'moved', ...change },
  });
  const owes = (owner: Address, principal: bigint): Said => ({
    ...{ kind: 'PositionChanged', venue, market, owner, position: '' },
    change: { form: 'indexed-debt', principal },
  });
  const holds = (owner: Address, sharesDelta: bigint): readonly Said[] =>
    // What a new token comes from and an old one goes to is the market itself, which owns none.
    owner === market ? [] : [{ kind: 'LegChanged', venue, market, owner, side: 'collateral', sharesDelta }];
  return readEvents(venue, (on) => {
    on(market, events.accrueInterest, (args, { block }) => {
      const { cashPrior: cash, interestAccumulated: interest, borrowIndex, totalBorrows: borrows } = args;
      const growth = { cash, interest, borrowIndexWad: borrowIndex, borrows, block };
      return [
        {
          ...{ kind: 'GrowthAccrued', venue, market },
          growth: { form: 'money-market', said: 'accrued', ...growth },
        },
      ];
    });
    on(market, events.mint, (args) => [moved({ cashDelta: args.mintAmount, supplyDelta: args.mintTokens })]);
    on(market, events.mintBehalf, (args) => [
      moved({ cashDelta: args.mintAmount, supplyDelta: args.mintTokens }),
    ]);
    on(market, events.redeem, (args) => [
      moved({ cashDelta: -args.redeemAmount, supplyDelta: -args.redeemTokens }),
    ]);
    on(market, events.redeemFee, (args) => [moved({ cashDelta: -args.feeAmount })]);
    on(market, events.borrow, ({ borrower, borrowAmount, accountBorrows, totalBorrows }) => [
      moved({ cashDelta: -borrowAmount, borrows: totalBorrows }),
      owes(borrower, accountBorrows),
    ]);
    on(market, events.repayBorrow, ({ borrower, repayAmount, accountBorrows, totalBorrows }) => [
      moved({ cashDelta: repayAmount, borrows: totalBorrows }),
      owes(borrower, accountBorrows),
    ]);
    on(market, events.reservesAdded, (args) => [
      moved({ cashDelta: args.addAmount, reserves: args.newTotalReserves }),
    ]);
    on(market, events.reservesReduced, (args) => [
      moved({ cashDelta: -args.reduceAmount, reserves: args.newTotalReserves }),
    ]);
    on(market, events.newReserveFactor, (args) => [
      moved({ reserveFactorWad: args.newReserveFactorMantissa }),
    ]);
    on(market, events.newInterestRateModel, ({ newInterestRateModel: rateModelAt }) => [
      { kind: 'TermsChanged', venue, market, patch: { form: 'money-market', rateModelAt } },
    ]);
    on(market, events.transfer, ({ from, to, amount }) =>
      from === to ? [] : [...holds(from, -amount), ...holds(to, amount)],
    );
    // What is taken are tokens of the collateral's market.
    on(market, events.liquidateBorrow, ({ liquidator, borrower: owner, ...args }) => {
      const debtAsset = learned.get(market)?.asset;
      if (debtAsset === undefined) return [];
      const taken = { collateralAsset: args.vTokenCollateral, seized: args.seizeTokens };
      const by = { owner, liquidator, repaid: args.repayAmount, badDebt: 0n };
      return [{ kind: 'Liquidated', venue, market, debtAsset, ...taken, ...by }];
    });
  });
}
