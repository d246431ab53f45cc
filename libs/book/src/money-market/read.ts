import {
  moneyMarketHealthWad,
  moneyMarketLiquidationAnswer,
  moneyMarketSums,
  type Address,
  type FeedId,
  type VenueId,
} from '@undertow/market';
import { compareText } from '../compare-text.ts';
import type { Ledger } from '../ledger.ts';
import type { ExactFigure, LiquidationPrice, ReadingOrReason } from '../reading.ts';
import {
  moneyMarketHoldings,
  moneyMarketLegs,
  moneyMarketVenue,
  type MoneyMarketHolding,
} from './account.ts';

/** Decimals of USD in the venue's sums. */
const USD_DECIMALS = 18;

/** The account of one owner at one venue; see `ExactReading`. Interest is as the contracts last added it. */
export function readMoneyMarket(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly owner: Address },
): ReadingOrReason[] {
  const account = ledger.venues.get(at.venue)?.accounts.get(at.owner);
  if (!account) return [];
  const venue = moneyMarketVenue(ledger, at.venue);
  if ('reason' in venue) return [{ market: '', reason: venue.reason }];
  const reading = moneyMarketHoldings(venue, account);
  if ('reason' in reading) return [{ market: '', reason: reading.reason }];
  const { holdings } = reading;
  const sums = moneyMarketSums(moneyMarketLegs(holdings));
  const free = sums.collateral - sums.debt;
  const usd = (name: string, label: string, value: bigint): ExactFigure => ({
    ...{
      view: `Comptroller.getAccountLiquidity().${name}`,
      label,
      value,
      decimals: USD_DECIMALS,
      unit: 'USD',
    },
  });
  const ordered = holdings.toSorted((a, b) => compareText(a.market.id, b.market.id));
  return [
    {
      market: '',
      healthFactorWad: moneyMarketHealthWad(sums),
      figures: [
        usd('liquidity', 'Can still borrow', free > 0n ? free : 0n),
        usd('shortfall', 'Owed above the limit', free < 0n ? -free : 0n),
        ...ordered.flatMap((holding) => holdingFigures(ledger, holding)),
      ],
      liquidationPrices: liquidationPrices(holdings),
    },
  ];
}

function holdingFigures(ledger: Ledger, holding: MoneyMarketHolding): ExactFigure[] {
  const { market, tokens, debt, isEntered } = holding;
  const { assets } = ledger.reference;
  const { asset, decimals } = market.terms;
  const unit = assets.get(asset)?.symbol ?? asset;
  const token = assets.get(market.id as Address);
  const figures: ExactFigure[] = [];
  const add = (view: string, label: string, value: bigint, as: Pick<ExactFigure, 'decimals' | 'unit'>) =>
    figures.push({ view, label, value, ...as });
  if (tokens > 0n) {
    const as = { decimals: token?.decimals ?? 8, unit: token?.symbol ?? market.id };
    add(`VToken(${unit}).balanceOf()`, `${unit} supplied${isEntered ? ' as collateral' : ''}`, tokens, as);
    const rate = { decimals: 18 + decimals - as.decimals, unit: `${unit} per ${as.unit}` };
    add(`VToken(${unit}).exchangeRateStored()`, `${unit} per token`, market.exchangeRateWad, rate);
  }
  if (debt > 0n) {
    const as = { decimals, unit };
    add(`VToken(${unit}).borrowBalanceStored()`, `${unit} owed`, debt, as);
  }
  if (market.answer !== undefined) {
    const price = market.answer * market.answerScale;
    const as = { decimals: 36 - decimals, unit: 'USD' };
    add(`PriceOracle.getUnderlyingPrice(${unit})`, `${unit} price`, price, as);
  }
  return figures;
}

function liquidationPrices(holdings: readonly MoneyMarketHolding[]): LiquidationPrice[] {
  const assetOf = new Map<FeedId, Address>();
  for (const { market } of holdings)
    if (!assetOf.has(market.feed)) assetOf.set(market.feed, market.terms.asset);
  return [...assetOf].flatMap(([feed, asset]) => {
    const answer = moneyMarketLiquidationAnswer((price) =>
      moneyMarketLegs(holdings, new Map([[feed, price]])),
    );
    return answer === undefined ? [] : [{ asset, feed, answer }];
  });
}
