import type {
  FeedValue,
  GridCollateral,
  GridExpiry,
  GridPortfolio,
} from '../scenario-grid/grid-portfolio.ts';
import { expiryMargin, type ExpiryMargin } from './option-margin.ts';
import type { PositionTerms } from './position-terms.ts';

/** What an account holds on one underlying, and the terms there. */
export interface PositionMarket extends Omit<GridPortfolio, 'cashUsd' | 'cashPrice'> {
  readonly terms: PositionTerms;
}

/** An account on any number of underlyings. */
export interface PositionAccount {
  /** Negative: borrowed. */
  readonly cashUsd: number;
  readonly cashPrice: number;
  readonly markets: readonly PositionMarket[];
}

/** Margin by position of an account, with what each market adds. */
export interface PositionMargin {
  /** Value of everything, cash included. */
  readonly equityUsd: number;
  /** What is had above what must be had; below 0 the account lacks margin. */
  readonly initialSurplusUsd: number;
  readonly maintenanceSurplusUsd: number;
  readonly markets: readonly MarketMargin[];
}

/** What one market adds to both margins; negative parts are needed, collateral and profit are given. */
export interface MarketMargin {
  readonly valueUsd: number;
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  readonly expiries: readonly ExpiryMargin[];
  readonly perpetualUsd: { readonly initial: number; readonly maintenance: number };
  readonly collateralUsd: { readonly initial: number; readonly maintenance: number };
  /** Of the initial margin: what is asked because a price is not sure, and because the cash is off its peg; at most 0. */
  readonly confidenceUsd: number;
  readonly pegUsd: number;
}

/**
 * Margin by position: each perpetual, each expiry of options (see `expiryMargin`) and each collateral counts by itself,
 * and only what is sold costs margin. Options bought are worth nothing here but as cover in their expiry. Collateral
 * counts with its haircut, of the initial margin with both haircuts. Sums over markets and the cash. Source:
 * derivexyz/v2-core, `StandardManager._getMarginAndMarkToMarket`, `_getMarketMargin`.
 */
export function positionMargin({ cashUsd, cashPrice, markets }: PositionAccount): PositionMargin {
  const found = markets.map((market) => marketMargin(market, cashPrice));
  const total = (part: (market: MarketMargin) => number) =>
    cashUsd + found.reduce((sum, market) => sum + part(market), 0);
  return {
    equityUsd: total(({ valueUsd }) => valueUsd),
    initialSurplusUsd: total(({ initialUsd }) => initialUsd),
    maintenanceSurplusUsd: total(({ maintenanceUsd }) => maintenanceUsd),
    markets: found,
  };
}

function marketMargin(market: PositionMarket, cashPrice: number): MarketMargin {
  const { terms, spot, perpetual, expiries, collaterals } = market;
  const expiryMargins = expiries.map((expiry) => expiryMargin(expiry, spot.value, terms.option));
  const notional = Math.abs(perpetual?.amount ?? 0) * (perpetual?.price.value ?? 0);
  const perpetualUsd = {
    initial: -notional * terms.perpetual.initial,
    maintenance: -notional * terms.perpetual.maintenance,
  };
  const collateralUsd = {
    initial: sumOf(collaterals, (held) => initialShare(held) * worth(held)),
    maintenance: sumOf(collaterals, (held) => (1 - held.haircut.maintenance) * worth(held)),
  };
  const confidenceUsd = -unsure(market);
  const pegUsd = -pegPenalty(market, cashPrice);
  const unsettledUsd = perpetual && perpetual.amount !== 0 ? perpetual.unsettledUsd : 0;
  const side = (name: 'initial' | 'maintenance') =>
    unsettledUsd +
    perpetualUsd[name] +
    collateralUsd[name] +
    sumOf(expiryMargins, (expiry) => expiry[name].marginUsd);
  return {
    valueUsd:
      unsettledUsd +
      sumOf(expiryMargins, ({ valueUsd }) => valueUsd) +
      sumOf(collaterals, (held) => worth(held) / cashPrice),
    initialUsd: side('initial') + confidenceUsd + pegUsd,
    maintenanceUsd: side('maintenance'),
    expiries: expiryMargins,
    perpetualUsd,
    collateralUsd,
    confidenceUsd,
    pegUsd,
  };
}

/** In USD, not in cash. */
const worth = ({ amount, price }: GridCollateral): number => amount * price.value;

const initialShare = ({ haircut }: GridCollateral): number => 1 - haircut.maintenance - haircut.initial;

const soldContracts = ({ options }: GridExpiry): number =>
  sumOf(options, ({ amount }) => Math.max(0, -amount));

/** `(1 − confidence) × share × notional` of whatever has a price below its threshold; notional at the spot. */
function unsure({ terms, spot, perpetual, expiries, collaterals }: PositionMarket): number {
  const { confidence } = terms;
  const penalty = (feeds: readonly Pick<FeedValue, 'confidence'>[], threshold: number, notional: number) => {
    const least = Math.min(spot.confidence, ...feeds.map((feed) => feed.confidence));
    return least < threshold ? (1 - least) * confidence.share * notional : 0;
  };
  const ofPerpetual = perpetual
    ? penalty([perpetual.price], confidence.perpetual, Math.abs(perpetual.amount) * spot.value)
    : 0;
  const ofOptions = sumOf(expiries, (expiry) =>
    penalty(
      [expiry.forward, ...expiry.options.map(({ volatility }) => volatility)],
      confidence.option,
      soldContracts(expiry) * spot.value,
    ),
  );
  const ofCollateral = sumOf(collaterals, (held) =>
    initialShare(held) > 0 ? penalty([held.price], confidence.collateral, worth(held)) : 0,
  );
  return ofPerpetual + ofOptions + ofCollateral;
}

function pegPenalty({ terms, spot, perpetual, expiries }: PositionMarket, cashPrice: number): number {
  const share = Math.max(0, terms.peg.threshold - cashPrice) * terms.peg.factor;
  return share * spot.value * (Math.abs(perpetual?.amount ?? 0) + sumOf(expiries, soldContracts));
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
