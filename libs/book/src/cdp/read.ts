import {
  cdpHealthFactorWad,
  cdpLiquidationAnswer,
  cdpOwnDebt,
  cdpTotals,
  collateralRatioWad,
  isCdpLiquidatable,
  type Address,
  type CdpTotals,
  type VenueId,
} from '@undertow/market';
import { priceAnswer } from '../feed-price.ts';
import type { Ledger } from '../ledger.ts';
import { baseLiquidationAnswers } from '../liquidation-answers.ts';
import type { ExactFigure, LiquidationPrice, ReadingOrReason } from '../reading.ts';
import { cdpHolding, cdpSystem, type CdpHolding, type CdpSystem } from './system.ts';

/** The position of one owner at one venue at a time (unix seconds); see `ExactReading`. */
export function readCdp(
  ledger: Ledger,
  at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
): ReadingOrReason[] {
  const held = ledger.venues.get(at.venue)?.accounts.get(at.owner)?.positions.size ?? 0;
  if (held === 0) return [];
  const read = cdpSystem(ledger, at.venue);
  if ('reason' in read) return [{ market: '', reason: read.reason }];
  const { system } = read;
  const holding = cdpHolding(ledger, system, at);
  if (!holding) return [];
  const answer = priceAnswer(ledger, system.feed);
  if (answer === undefined) return [{ market: '', reason: `the feed ${system.feed} has no price` }];
  const { collateral, principal, interest } = holding.amounts;
  const of: CdpTotals = { collateral, debt: principal + interest };
  const priceWad = answer * system.answerScale;
  const { leastRatioWad } = system.terms;
  return [
    {
      market: '',
      healthFactorWad: cdpHealthFactorWad(of, priceWad, leastRatioWad),
      figures: [
        ...positionFigures(ledger, { system, holding, time: at.time }),
        ...ratioFigures(system, { of, priceWad, time: at.time }),
      ],
      liquidationPrices: pricesOf(ledger, system, of),
    },
  ];
}

function positionFigures(
  ledger: Ledger,
  of: { readonly system: CdpSystem; readonly holding: CdpHolding; readonly time: number },
): ExactFigure[] {
  const { collateralAsset, debtAsset } = of.system.terms;
  const { amounts, position } = of.holding;
  const figure = (asset: Address, view: string, label: string, value: bigint): ExactFigure => {
    const known = ledger.reference.assets.get(asset);
    return { view, label, value, decimals: known?.decimals ?? 18, unit: known?.symbol ?? asset.slice(0, 10) };
  };
  const entire = 'TroveManager.getEntireDebtAndColl()';
  const { pending } = amounts;
  return [
    figure(collateralAsset, `${entire}.coll`, 'collateral', amounts.collateral),
    figure(debtAsset, `${entire}.principal`, 'principal', amounts.principal),
    figure(debtAsset, `${entire}.interest`, 'interest', amounts.interest),
    figure(
      ...([collateralAsset, `${entire}.pendingCollateral`, 'collateral redistributed to it'] as const),
      pending.collateral,
    ),
    figure(debtAsset, `${entire}.pendingPrincipal`, 'principal redistributed to it', pending.principal),
    figure(debtAsset, `${entire}.pendingInterest`, 'interest redistributed to it', pending.interest),
    figure(
      ...([debtAsset, 'TroveManager.getTroveDebt()', 'debt without what was redistributed'] as const),
      cdpOwnDebt(position, of.time),
    ),
    figure(collateralAsset, 'TroveManager.getTroveStake()', 'share in redistributions', position.stake),
  ];
}

function ratioFigures(
  { growth }: CdpSystem,
  at: { readonly of: CdpTotals; readonly priceWad: bigint; readonly time: number },
): ExactFigure[] {
  const ratio = (view: string, label: string, of: CdpTotals): ExactFigure[] => {
    const value = collateralRatioWad(of, at.priceWad);
    return value === undefined ? [] : [{ view, label, value, decimals: 18, unit: '' }];
  };
  return [
    ...ratio('TroveManager.getCurrentICR()', 'collateral ÷ debt', at.of),
    ...ratio('TroveManager.getTCR()', 'collateral ÷ debt of the system', cdpTotals(growth, at.time)),
  ];
}

/** Of the oracle's feed, and of those that it is based on. */
function pricesOf(
  ledger: Ledger,
  { terms, feed, answerScale }: CdpSystem,
  of: CdpTotals,
): LiquidationPrice[] {
  const asset = terms.collateralAsset;
  const { leastRatioWad } = terms;
  const answer = cdpLiquidationAnswer(of, { leastRatioWad, answerScale });
  const bases = baseLiquidationAnswers(ledger, [{ feed, asset }], (answerOf) => {
    const moved = answerOf(feed);
    return moved !== undefined && isCdpLiquidatable(of, moved * answerScale, leastRatioWad);
  });
  return [...(answer === undefined ? [] : [{ asset, feed, answer }]), ...bases];
}
