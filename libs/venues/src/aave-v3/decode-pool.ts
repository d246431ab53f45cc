import { unreadable, type RawLog, type Said } from '@undertow/chain';
import type { Address, FactKey, FundMoved, IndexAccrued, Liquidated } from '@undertow/market';
import { amountEvents, poolEvents } from './abi.ts';
import type { DecodeContext } from './decode-tokens.ts';
import type { SaidAmount } from './pending-moves.ts';
import { on, type TopicTable } from './topic-table.ts';

/** Logs of the pool that both releases need. */
export function poolTable(context: DecodeContext): TopicTable {
  const venue = context.deployment.id;
  const switched = (market: Address, owner: Address, enabled: boolean): Said[] => [
    { kind: 'CollateralSwitched', venue, market, owner, enabled },
  ];
  return new Map([
    on(poolEvents.reserveDataUpdated, (args) => {
      const market = args.reserve;
      const accrued = (accrual: IndexAccrued['accrual']): Said => ({
        kind: 'IndexAccrued',
        venue,
        market,
        accrual,
      });
      return [
        accrued({
          form: 'ray',
          side: 'collateral',
          indexRay: args.liquidityIndex,
          ratePerYearRay: args.liquidityRate,
        }),
        accrued({
          form: 'ray',
          side: 'debt',
          indexRay: args.variableBorrowIndex,
          ratePerYearRay: args.variableBorrowRate,
        }),
      ];
    }),
    on(poolEvents.collateralEnabled, ({ reserve, user }) => switched(reserve, user, true)),
    on(poolEvents.collateralDisabled, ({ reserve, user }) => switched(reserve, user, false)),
    on(poolEvents.userEModeSet, ({ user, categoryId }) => [
      { kind: 'CategoryChosen', venue, owner: user, category: categoryId },
    ]),
    ...(context.deployment.version === '3.0' ? [liquidationOfHalfUp(context)] : roundedAmounts(context)),
  ]);
}

/** In 3.0 the tokens' own logs carry the legs, and nothing is written off. */
function liquidationOfHalfUp(context: DecodeContext) {
  return on(poolEvents.liquidationCall, (args) => [
    liquidated(context, {
      market: args.debtAsset,
      owner: args.user,
      liquidator: args.liquidator,
      collateralAsset: args.collateralAsset,
      debtAsset: args.debtAsset,
      repaid: args.debtToCover,
      seized: args.liquidatedCollateralAmount,
      badDebt: 0n,
    }),
  ]);
}

type LiquidatedBody = Omit<Liquidated, 'kind' | 'venue' | keyof FactKey>;

function liquidated(context: DecodeContext, body: LiquidatedBody): Said {
  return { kind: 'Liquidated', venue: context.deployment.id, ...body };
}

interface Deficit {
  readonly owner: Address;
  readonly asset: Address;
  readonly amount: bigint;
}

/** In 3.6 the pool's logs say the amounts whose shares the tokens rounded. */
function roundedAmounts(context: DecodeContext) {
  let deficits: Deficit[] = [];
  let deficitBlock = -1;
  const one = (log: RawLog, said: SaidAmount) => explain(context, log, [said]);
  return [
    on(amountEvents.supply, ({ reserve, onBehalfOf, amount }, log) =>
      one(log, { asset: reserve, side: 'collateral', owner: onBehalfOf, amount, move: 'mint' }),
    ),
    on(amountEvents.withdraw, ({ reserve, user, amount }, log) =>
      one(log, { asset: reserve, side: 'collateral', owner: user, amount, move: 'burn' }),
    ),
    on(amountEvents.borrow, ({ reserve, onBehalfOf, amount }, log) =>
      one(log, { asset: reserve, side: 'debt', owner: onBehalfOf, amount, move: 'mint' }),
    ),
    on(amountEvents.repay, ({ reserve, user, repayer, amount, useATokens }, log) => {
      const debt: SaidAmount = { asset: reserve, side: 'debt', owner: user, amount, move: 'burn' };
      const supply: SaidAmount = { asset: reserve, side: 'collateral', owner: repayer, amount, move: 'burn' };
      return explain(context, log, useATokens ? [debt, supply] : [debt]);
    }),
    on(amountEvents.mintedToTreasury, ({ reserve, amountMinted }, log) =>
      one(log, {
        asset: reserve,
        side: 'collateral',
        owner: undefined,
        amount: amountMinted,
        move: 'mint',
        isBalance: true,
      }),
    ),
    on(amountEvents.deficitCovered, ({ reserve, caller, amountCovered: amount }, log) => [
      ...one(log, { asset: reserve, side: 'collateral', owner: caller, amount, move: 'burn' }),
      deficitMoved(context, { asset: reserve, amountDelta: amount }),
    ]),
    on(amountEvents.deficitCreated, ({ user, debtAsset, amountCreated }, log) => {
      // The liquidation that follows in the same transaction says what became of the account.
      if (deficitBlock !== log.block) deficits = [];
      deficitBlock = log.block;
      deficits.push({ owner: user, asset: debtAsset, amount: amountCreated });
      return [deficitMoved(context, { asset: debtAsset, amountDelta: -amountCreated })];
    }),
    on(poolEvents.liquidationCall, (args, log) => {
      const written = deficits.filter(({ owner }) => owner === args.user && deficitBlock === log.block);
      deficits = [];
      const ofPair = written.find(({ asset }) => asset === args.debtAsset)?.amount ?? 0n;
      const others = written.filter(({ asset }) => asset !== args.debtAsset);
      const said: SaidAmount[] = [
        {
          asset: args.debtAsset,
          side: 'debt',
          owner: args.user,
          amount: args.debtToCover + ofPair,
          move: 'burn',
        },
        ...others.map(({ owner, asset, amount }): SaidAmount => ({
          asset,
          side: 'debt',
          owner,
          amount,
          move: 'burn',
        })),
      ];
      if (!args.receiveAToken) {
        const amount = args.liquidatedCollateralAmount;
        said.push({
          asset: args.collateralAsset,
          side: 'collateral',
          owner: args.user,
          amount,
          move: 'burn',
        });
      }
      const facts: Said[] = [...explain(context, log, said)];
      const { user: owner, liquidator, collateralAsset } = args;
      for (const { asset, repaid, seized, badDebt } of [
        {
          asset: args.debtAsset,
          repaid: args.debtToCover,
          seized: args.liquidatedCollateralAmount,
          badDebt: ofPair,
        },
        ...others.map(({ asset, amount }) => ({ asset, repaid: 0n, seized: 0n, badDebt: amount })),
      ]) {
        const body = {
          market: asset,
          owner,
          liquidator,
          collateralAsset,
          debtAsset: asset,
          repaid,
          seized,
          badDebt,
        };
        facts.push(liquidated(context, body));
      }
      // The collateral reserve's interest is brought up to now, but only a burn makes the pool say so.
      if (args.receiveAToken) facts.push(accruedSilently(context, collateralAsset));
      return facts;
    }),
  ];
}

function deficitMoved(context: DecodeContext, moved: Pick<FundMoved, 'asset' | 'amountDelta'>): Said {
  return { kind: 'FundMoved', venue: context.deployment.id, fund: 'deficit', ...moved };
}

function accruedSilently(context: DecodeContext, market: Address): Said {
  return { kind: 'IndexAccrued', venue: context.deployment.id, market, accrual: { form: 'rayAccrued' } };
}

function explain({ deployment, pending }: DecodeContext, log: RawLog, said: readonly SaidAmount[]): Said[] {
  return said.map((one): Said => {
    const resolved = pending.resolve(one);
    if (resolved === undefined)
      return unreadable(deployment.id, log, `no ${one.side} token log fits the amount that the pool stated`);
    const { asset: market, side } = one;
    return { kind: 'LegChanged', venue: deployment.id, market, side, ...resolved };
  });
}
