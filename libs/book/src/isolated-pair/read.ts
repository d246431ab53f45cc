import {
  isPairLiquidatable,
  oracleAnswerBelow,
  oracleRatioE36,
  pairDebtUp,
  pairHealthFactorWad,
  pairLiquidationPriceE36,
  type Address,
  type MarketId,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import { priceAnswer } from '../feed-price.ts';
import type { Ledger } from '../ledger.ts';
import { liquidationAnswers, type AnswerOf } from '../liquidation-answers.ts';
import type { ExactFigure, LiquidationPrice, ReadingOrReason } from '../reading.ts';
import { pairAccount, type PairReading } from './account.ts';

/**
 * The accounts of one owner at one venue at a time (unix seconds): one per pair; see `ExactReading`. Views of Morpho
 * Blue: `Morpho`, `MorphoBalancesLib.expectedBorrowAssets`, and the pair's oracle.
 */
export function readPair(
  ledger: Ledger,
  { venue, owner, time }: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
): ReadingOrReason[] {
  const markets = [...(ledger.venues.get(venue)?.accounts.get(owner)?.legs.keys() ?? [])].sort(compareText);
  return markets.map((market): ReadingOrReason => {
    const reading = pairAccount(ledger, { venue, market, owner, time });
    if ('reason' in reading) return { market, reason: reading.reason };
    const { account } = reading;
    return {
      market,
      healthFactorWad: pairHealthFactorWad(account.position, account.market),
      figures: figuresOf(ledger, market, account),
      liquidationPrices: liquidationPrices(ledger, account),
    };
  });
}

/** The pair's totals are those after `accrueInterest`. */
function figuresOf(ledger: Ledger, market: MarketId, { position, market: pair }: PairReading): ExactFigure[] {
  const nameOf = (asset: Address) => ({
    decimals: ledger.reference.assets.get(asset)?.decimals ?? 0,
    unit: ledger.reference.assets.get(asset)?.symbol ?? asset,
  });
  const collateral = nameOf(pair.terms.collateralAsset);
  const debt = nameOf(pair.terms.debtAsset);
  const shares = { decimals: 0, unit: 'shares' };
  const ofMarket = (field: string) => `market(${market}).${field}`;
  const price = { decimals: 36 + debt.decimals - collateral.decimals, unit: debt.unit };
  const { debtAssets, debtShares } = pair.totals;
  return [
    {
      ...{ view: `position(${market}).collateral`, label: `${collateral.unit} collateral` },
      ...{ value: position.collateral, ...collateral },
    },
    {
      ...{ view: `position(${market}).borrowShares`, label: 'Debt shares' },
      ...{ value: position.debtShares, ...shares },
    },
    {
      ...{ view: `expectedBorrowAssets(${market})`, label: `${debt.unit} owed` },
      ...{ value: pairDebtUp(position, pair.totals), ...debt },
    },
    {
      ...{ view: ofMarket('totalBorrowAssets'), label: 'Owed by all' },
      ...{ value: debtAssets, ...debt },
    },
    {
      ...{ view: ofMarket('totalBorrowShares'), label: 'Debt shares of all' },
      ...{ value: debtShares, ...shares },
    },
    {
      ...{ view: 'IOracle.price()', label: `Price of ${collateral.unit} in ${debt.unit}` },
      ...{ value: pair.priceE36, ...price },
    },
  ];
}

/**
 * By feed of the pair's oracle: the answer at which its price is one below the lowest healthy one; where one of them is
 * made of other feeds, by the pair's own decision.
 */
function liquidationPrices(ledger: Ledger, { position, market }: PairReading): LiquidationPrice[] {
  const priceE36 = pairLiquidationPriceE36(position, market);
  if (priceE36 === undefined) return [];
  const { oracle, collateralAsset, debtAsset } = market.terms;
  if (oracle.form === 'feed')
    return priceE36 > 1n ? [{ asset: collateralAsset, feed: oracle.feed, answer: priceE36 - 1n }] : [];
  if (oracle.form !== 'ratio') return [];
  const answerOf = (feed: string) => priceAnswer(ledger, feed);
  const asked = [...new Set([...oracle.base, ...oracle.quote])].map((feed) => ({
    feed,
    asset: oracle.base.includes(feed) ? collateralAsset : debtAsset,
  }));
  const isDueAt = (moved: AnswerOf) => {
    const movedE36 = oracleRatioE36(oracle, moved);
    return movedE36 !== undefined && isPairLiquidatable(position, { ...market, priceE36: movedE36 });
  };
  if (asked.some(({ feed }) => ledger.formulas.has(feed))) return liquidationAnswers(ledger, asked, isDueAt);
  return asked.flatMap(({ feed, asset }): LiquidationPrice[] => {
    const answer = oracleAnswerBelow(oracle, feed, { priceE36, answerOf });
    return answer === undefined ? [] : [{ asset, feed, answer }];
  });
}
