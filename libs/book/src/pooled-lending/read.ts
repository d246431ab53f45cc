import {
  amountOfShares,
  isPooledLiquidatable,
  pooledAccountData,
  type Address,
  type FeedId,
  type PooledAccount,
  type PooledAccountData,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import type { Ledger } from '../ledger.ts';
import { liquidationAnswers, type AnswerOf, type AskedFeed } from '../liquidation-answers.ts';
import type { ExactFigure, LiquidationPrice, ReadingOrReason } from '../reading.ts';
import { pooledAccount, type PooledLeg, type PooledReading } from './account.ts';

/** Decimals of the venue's base currency, and of a ratio in basis points. */
const BASE_DECIMALS = 8;
const BPS_DECIMALS = 4;

/**
 * The account of one owner at one venue at a time (unix seconds); see `ExactReading`. Views of Aave v3: `Pool`, the
 * reserves' tokens, and `AaveOracle` by its interface.
 */
export function readPooled(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
): ReadingOrReason[] {
  const legs = ledger.venues.get(at.venue)?.accounts.get(at.owner)?.legs;
  if (!legs || legs.size === 0) return [];
  const reading = pooledAccount(ledger, at);
  if ('reason' in reading) return [{ market: '', reason: reading.reason }];
  const { account } = reading;
  const data = pooledAccountData(account);
  return [
    {
      market: '',
      healthFactorWad: data.healthFactorWad,
      figures: [...accountFigures(data), ...legFigures(ledger, account)],
      liquidationPrices: liquidationPrices(ledger, account),
    },
  ];
}

/** Without debt the health factor is left out: the view then answers the largest integer. */
function accountFigures(data: PooledAccountData): ExactFigure[] {
  const figure = (
    name: string,
    label: string,
    value: bigint,
    decimals: number,
    unit: string,
  ): ExactFigure => ({
    ...{ view: `Pool.getUserAccountData().${name}`, label, value, decimals, unit },
  });
  const { healthFactorWad } = data;
  return [
    figure('totalCollateralBase', 'Collateral', data.collateralBase, BASE_DECIMALS, 'USD'),
    figure('totalDebtBase', 'Debt', data.debtBase, BASE_DECIMALS, 'USD'),
    figure('availableBorrowsBase', 'Can still borrow', data.availableBorrowsBase, BASE_DECIMALS, 'USD'),
    figure(
      'currentLiquidationThreshold',
      'Liquidation threshold',
      data.liquidationThresholdBps,
      BPS_DECIMALS,
      '',
    ),
    figure('ltv', 'Loan-to-value limit', data.loanToValueBps, BPS_DECIMALS, ''),
    ...(healthFactorWad === undefined
      ? []
      : [figure('healthFactor', 'Health factor', healthFactorWad, 18, '')]),
  ];
}

function legFigures(ledger: Ledger, account: PooledReading): ExactFigure[] {
  const { release } = account;
  const legs = account.positions.toSorted((a, b) => compareText(a.market, b.market));
  return legs.flatMap(({ asset, reserve, collateralShares, debtShares, isCollateral }) => {
    const unit = ledger.reference.assets.get(asset)?.symbol ?? asset;
    const { decimals } = reserve;
    const figures: ExactFigure[] = [];
    if (collateralShares > 0n) {
      const value = amountOfShares('collateral', collateralShares, reserve.incomeIndexRay, release);
      const label = `${unit} supplied${isCollateral ? ' as collateral' : ''}`;
      figures.push({ view: `AToken(${unit}).balanceOf()`, label, value, decimals, unit });
    }
    if (debtShares > 0n) {
      const value = amountOfShares('debt', debtShares, reserve.debtIndexRay, release);
      const view = `VariableDebtToken(${unit}).balanceOf()`;
      figures.push({ view, label: `${unit} owed`, value, decimals, unit });
    }
    if (reserve.price > 0n) {
      const view = `IPriceOracleGetter.getAssetPrice(${unit})`;
      const value = reserve.price;
      figures.push({ view, label: `${unit} price`, value, decimals: BASE_DECIMALS, unit: 'USD' });
    }
    return figures;
  });
}

/** A category's own source counts for all assets in it at once. */
function liquidationPrices(ledger: Ledger, account: PooledReading): LiquidationPrice[] {
  if (account.positions.every(({ debtShares }) => debtShares === 0n)) return [];
  const asked = account.positions.flatMap((position): AskedFeed[] => {
    const { feed, asset } = position;
    return feed !== undefined && matters(position) ? [{ feed, asset }] : [];
  });
  return liquidationAnswers(ledger, asked, (answerOf) => {
    const moved = atAnswers(account, answerOf);
    return moved !== undefined && isPooledLiquidatable(moved);
  });
}

const matters = ({ isCollateral, collateralShares, debtShares }: PooledLeg) =>
  debtShares > 0n || (isCollateral && collateralShares > 0n);

/** The account if feeds answered so; undefined where one that matters has no price: the oracle then refuses. */
function atAnswers(account: PooledReading, answerOf: AnswerOf): PooledAccount | undefined {
  const price = (feed: FeedId | undefined) => (feed === undefined ? undefined : answerOf(feed));
  const { category } = account;
  const positions = account.positions.map((position) => ({
    ...position,
    reserve: { ...position.reserve, price: price(position.feed) ?? 0n },
  }));
  if (positions.some((position) => matters(position) && position.reserve.price === 0n)) return undefined;
  return {
    ...account,
    category: category?.feed === undefined ? category : { ...category, price: price(category.feed) },
    positions,
  };
}
