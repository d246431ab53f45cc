import {
  isCallOption,
  isOptionLiquidatable,
  isShortOption,
  leastCollateral,
  optionLiquidationAnswer,
  optionValues,
  shockVolatilityWad,
  type Address,
  type OptionPosition,
  type OptionMarketTerms,
  type SeriesState,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import { priceAnswer } from '../feed-price.ts';
import { feedDecimals, type Ledger, type LedgerPosition } from '../ledger.ts';
import { baseLiquidationAnswers } from '../liquidation-answers.ts';
import type { ExactFigure, ExactReading, LiquidationPrice, ReadingOrReason } from '../reading.ts';

import {
  answerScale,
  closedBecause,
  optionMarket,
  optionSeries,
  seriesState,
  type OptionSeries,
} from './series.ts';

const WAD = 10n ** 18n;

/** The accounts of one owner at one venue at a time (unix seconds); see `ExactReading`. Positions held are among them. */
export function readOption(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
): ReadingOrReason[] {
  const positions = ledger.venues.get(at.venue)?.accounts.get(at.owner)?.positions.values() ?? [];
  const market = optionMarket(ledger, at.venue);
  return [...positions]
    .sort((a, b) => a.name.length - b.name.length || compareText(a.name, b.name))
    .map((position) =>
      'reason' in market
        ? { market: position.name, reason: market.reason }
        : readPosition(ledger, { ...at, market: market.market, held: position }),
    );
}

interface ReadAt {
  readonly venue: VenueId;
  readonly time: number;
  readonly market: OptionMarketTerms;
  readonly held: LedgerPosition;
}

function readPosition(ledger: Ledger, at: ReadAt): ReadingOrReason {
  const { venue, time, market, held } = at;
  const { name, position } = held;
  if (position.form !== 'option') return { market: name, reason: 'not an option position' };
  const series = optionSeries(ledger, { venue, id: held.market, market });
  if ('reason' in series) return { market: name, reason: series.reason };
  const feed = market.oracle.form === 'feed' ? market.oracle.feed : '';
  const answer = priceAnswer(ledger, feed);
  if (answer === undefined) return { market: name, reason: `no price of ${market.baseAsset}` };
  const closed = closedBecause(series, time);
  if (closed !== undefined) return { market: name, reason: `its series cannot be traded: ${closed}` };
  const scale = answerScale(feedDecimals(ledger, feed));
  const state = seriesState(series, { time, spotWad: answer * scale });
  const of = { ledger, venue, series, position, state };
  return isShortOption(position.type)
    ? { market: name, ...readShort(of), liquidationPrices: pricesOf(of, { feed, scale }) }
    : { market: name, healthFactorWad: undefined, figures: sizeFigures(of), liquidationPrices: [] };
}

interface ReadOf {
  readonly ledger: Ledger;
  readonly venue: VenueId;
  readonly series: OptionSeries;
  readonly position: OptionPosition;
  readonly state: SeriesState;
}

function readShort(of: ReadOf): Pick<ExactReading, 'healthFactorWad' | 'figures'> {
  const { series, position, state } = of;
  const { margin } = series.market;
  const least = leastCollateral(position, state, margin);
  const figures: ExactFigure[] = [
    ...sizeFigures(of),
    {
      ...{ view: 'OptionToken.getOptionPosition().collateral', label: 'collateral' },
      ...{ value: position.collateral, decimals: 18, unit: collateralUnit(of) },
    },
    {
      ...{ view: 'OptionGreekCache.getMinCollateral()', label: 'maintenance margin' },
      ...{ value: least, decimals: 18, unit: collateralUnit(of) },
    },
    {
      ...{ view: 'OptionGreekCache.getShockVol()', label: 'volatility to survive' },
      ...{ value: shockVolatilityWad(state.secondsToExpiry, margin), decimals: 18, unit: '' },
    },
  ];
  return { healthFactorWad: least === 0n ? undefined : (position.collateral * WAD) / least, figures };
}

function sizeFigures({ ledger, venue, series, position, state }: ReadOf): ExactFigure[] {
  const unit = ledger.reference.assets.get(series.market.baseAsset)?.symbol ?? 'contracts';
  const amount: ExactFigure = {
    ...{ view: 'OptionToken.getOptionPosition().amount', label: 'contracts' },
    ...{ value: position.amountWad, decimals: 18, unit },
  };
  const markets = ledger.venues.get(venue)?.markets;
  const baseWad = markets?.get(series.series.board)?.volatility?.valueWad;
  const skewWad = markets?.get(series.id)?.volatility?.valueWad;
  if (baseWad === undefined || skewWad === undefined) return [amount];
  const values = optionValues({ ...state, volatilityWad: (baseWad * skewWad) / WAD });
  return [
    amount,
    {
      ...{ view: 'OptionMarket.getOptionBoard().iv', label: 'implied volatility of the board' },
      ...{ value: baseWad, decimals: 18, unit: '' },
    },
    {
      ...{ view: 'OptionMarket.getStrike().skew', label: 'ratio of the strike to it' },
      ...{ value: skewWad, decimals: 18, unit: '' },
    },
    {
      ...{ view: 'BlackScholes.optionPrices()', label: 'value of a contract at that volatility' },
      value: isCallOption(position.type) ? values.callWad : values.putWad,
      ...{ decimals: 18, unit: 'USD' },
    },
  ];
}

function collateralUnit({ ledger, series: { market }, position }: ReadOf): string {
  const asset = position.type === 'short-call-base' ? market.baseAsset : market.quoteAsset;
  return ledger.reference.assets.get(asset)?.symbol ?? asset.slice(0, 10);
}

/** Of the oracle's feed, and of those that it is based on. */
function pricesOf(
  { ledger, series, position, state }: ReadOf,
  { feed, scale }: { readonly feed: string; readonly scale: bigint },
): LiquidationPrice[] {
  const terms = series.market.margin;
  const asset = series.market.baseAsset;
  const answer = optionLiquidationAnswer({ position, series: state, terms, answerScale: scale });
  const bases = baseLiquidationAnswers(ledger, [{ feed, asset }], (answerOf) => {
    const moved = answerOf(feed);
    return moved !== undefined && isOptionLiquidatable(position, { ...state, spotWad: moved * scale }, terms);
  });
  return [...(answer === undefined ? [] : [{ asset, feed, answer }]), ...bases];
}
