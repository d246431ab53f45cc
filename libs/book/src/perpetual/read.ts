import {
  isMaker,
  marginFigures,
  marginHealthWad,
  wadPerUnit,
  type Address,
  type FeedId,
  type MarginAccount,
  type MarginFigures,
  type VenueId,
} from '@undertow/market';
import type { Ledger } from '../ledger.ts';
import type { ExactFigure, LiquidationPrice, ReadingOrReason } from '../reading.ts';
import { marginAccount, marginVenue, type MarginReading } from './account.ts';
import { feedLiquidationPrices } from './feed-prices.ts';
import { liquidationMarkWad } from './liquidation-mark.ts';

/** The accounts of one owner at one venue at a time (unix seconds); see `ExactReading`. */
export function readPerpetual(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
): ReadingOrReason[] {
  const held = ledger.venues.get(at.venue)?.accounts.get(at.owner);
  if (!held) return [];
  const venue = marginVenue(ledger, at);
  if ('reason' in venue) return [{ market: '', reason: venue.reason }];
  const reading = marginAccount(venue, held);
  if ('reason' in reading) return [{ market: '', reason: reading.reason }];
  const { account } = reading;
  const figures = marginFigures(account);
  const symbol = ledger.reference.assets.get(venue.terms.asset)?.symbol ?? '';
  return [
    {
      market: '',
      healthFactorWad: marginHealthWad(account, figures),
      figures: figuresOf(account, figures, symbol),
      liquidationPrices: [
        ...liquidationMarks(at.venue, reading),
        ...feedLiquidationPrices(ledger, venue, { ...at, held }),
      ],
    },
  ];
}

function figuresOf(account: MarginAccount, figures: MarginFigures, settlement: string): ExactFigure[] {
  const { decimals } = account.terms;
  const wad = (view: string, label: string, value: bigint) => ({
    view,
    label,
    value,
    decimals: 18,
    unit: 'USD',
  });
  return [
    wad('ClearingHouse.getAccountValue()', 'account value', figures.accountValue * wadPerUnit(account.terms)),
    wad('AccountBalance.getMarginRequirementForLiquidation()', 'maintenance margin', figures.requirementWad),
    wad('AccountBalance.getTotalAbsPositionValue()', 'value of positions', figures.positionsWad),
    wad('AccountBalance.getPnlAndPendingFee().unrealizedPnl', 'unrealised profit', figures.unrealizedWad),
    {
      ...{ view: 'Vault.getFreeCollateralByRatio(imRatio)', label: 'free collateral' },
      ...{ value: figures.freeCollateral, decimals, unit: settlement },
    },
    ...(isMaker(account)
      ? [
          wad(
            'AccountBalance.getPnlAndPendingFee().pendingFee',
            'pending fees of orders',
            figures.pendingFeeWad,
          ),
          wad('AccountBalance.getTotalDebtValue()', 'debt, orders included', figures.debtWad),
          wad('Exchange.getAllPendingFundingPayment()', 'funding owed', figures.fundingWad),
        ]
      : []),
  ];
}

/** One per market with a position: its mark price, all feeds as they are, so collateral in the same coin keeps its value. */
function liquidationMarks(venue: VenueId, { account, exposureMarkets }: MarginReading): LiquidationPrice[] {
  return exposureMarkets.flatMap((market, index): LiquidationPrice[] => {
    const answer = liquidationMarkWad(account, index);
    const feed: FeedId = `${venue}:${market}`;
    return answer === undefined ? [] : [{ asset: market as Address, feed, answer }];
  });
}
