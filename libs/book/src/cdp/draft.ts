import { CDP_MARKET_ID, cdpTotals, type Address, type VenueId } from '@undertow/market';
import { WAD } from '@undertow/units';
import { compareText } from '../compare-text.ts';
import type { DraftAccount, DraftBy, DraftFund, DraftGap, DraftLeg, DraftVenue } from '../draft.ts';
import { fixedPrice, type DraftPrice } from '../draft-price.ts';
import type { Ledger } from '../ledger.ts';
import { cdpHolding, cdpSystem, type CdpHolding, type CdpSystem } from './system.ts';

/**
 * What a venue of collateralised debt positions gives to the book: one account per owner, a leg of collateral and one of
 * debt. The venue takes its debt asset for exactly one US dollar. The collateral hangs on its wrapped form, into which it
 * can be turned one to one. The stability pool is a fund.
 */
export function draftCdp(ledger: Ledger, venue: VenueId, by: DraftBy): DraftVenue {
  const owners = [...(ledger.venues.get(venue)?.accounts.keys() ?? [])].sort(compareText);
  const read = cdpSystem(ledger, venue);
  if ('reason' in read) return notModelled(venue, owners.length, read.reason, undefined);
  const { system } = read;
  const { terms, growth } = system;
  const unit = 10 ** (ledger.reference.assets.get(terms.debtAsset)?.decimals ?? 18);
  const knownDebtUsd = Number(cdpTotals(growth, by.time).debt) / unit;
  const collateral = by.prices.byFeed(system.feed);
  if (!collateral) {
    const why = by.prices.whyNone(system.feed) ?? '';
    const reason = `no USD price of ${symbolOf(ledger, terms.collateralAsset)}: ${why}`;
    return notModelled(venue, owners.length, reason, knownDebtUsd);
  }
  const prices = { collateral, debt: debtPrice(venue) };
  const { leastRatioWad, collateralAsset, collateralFollows, debtAsset } = terms;
  const percent = Number(leastRatioWad) / 1e16;
  const label = `${symbolOf(ledger, collateralAsset)}/${symbolOf(ledger, debtAsset)} ${percent} %`;
  const state = [leastRatioWad, system.answerScale];
  const accounts = owners.flatMap((owner) => {
    const holding = cdpHolding(ledger, system, { owner, time: by.time });
    return holding ? accountOf(system, holding, prices) : [];
  });
  return {
    rule: { kernel: 'stability-pool', liquidatorShare: 1 / Number(terms.compensationDivisor) },
    accounts,
    gaps: unreadGaps(venue, accounts, { unit, knownDebtUsd }),
    knownDebtUsd,
    marketState: new Map([[CDP_MARKET_ID, state]]),
    funds: [fundOf(ledger, system, prices.debt)],
    ties: new Map([[collateralAsset, { kind: 'wrapped', to: collateralFollows, capacity: undefined }]]),
    labels: new Map([[CDP_MARKET_ID, label]]),
  };
}

/** Share of the venue's total that its rounding may leave between it and the sum of its debts. */
const ROUNDING = 1e-6;

/** Debt that the venue's total says and no account known has. */
function unreadGaps(
  venue: VenueId,
  accounts: readonly DraftAccount[],
  { unit, knownDebtUsd }: { readonly unit: number; readonly knownDebtUsd: number },
): DraftGap[] {
  const debts = accounts.flatMap(({ legs }) => legs.filter(({ side }) => side === -1));
  const debtUsd = knownDebtUsd - debts.reduce((sum, { amount }) => sum + Number(amount) / unit, 0);
  if (debtUsd <= ROUNDING * knownDebtUsd) return [];
  return [{ source: venue, reason: 'accounts that were not read', count: 1, unit: 'market', debtUsd }];
}

function notModelled(venue: VenueId, count: number, reason: string, debtUsd: number | undefined): DraftVenue {
  const gaps = count === 0 && !debtUsd ? [] : [{ source: venue, reason, count, debtUsd }];
  return { rule: undefined, accounts: [], gaps, knownDebtUsd: debtUsd ?? 0 };
}

/** The venue takes its debt asset for a dollar, whatever a market says. */
const debtPrice = (venue: VenueId): DraftPrice => fixedPrice(`${venue}:debt`, WAD, 1);

interface Prices {
  readonly collateral: DraftPrice;
  readonly debt: DraftPrice;
}

function accountOf({ venue, terms }: CdpSystem, holding: CdpHolding, prices: Prices): DraftAccount {
  const { owner, position, amounts } = holding;
  const threshold = (WAD * WAD) / terms.leastRatioWad;
  const shared = { market: CDP_MARKET_ID, liquidationBonus: 0, liquidationProtocolFee: 0 };
  const legs: DraftLeg[] = [
    {
      ...shared,
      role: 'collateral',
      side: 1,
      asset: terms.collateralAsset,
      price: prices.collateral,
      amount: amounts.collateral,
      threshold,
      liquidationThreshold: 1e18 / Number(terms.leastRatioWad),
      loanToValue: 1e18 / Number(terms.leastRatioWad),
    },
    {
      ...shared,
      role: 'debt',
      side: -1,
      asset: terms.debtAsset,
      price: prices.debt,
      amount: amounts.principal + amounts.interest,
      threshold: 0n,
      liquidationThreshold: 0,
    },
  ];
  return { venue, owner, market: '', legs, stake: Number(position.stake) / 1e18 };
}

function fundOf(ledger: Ledger, { venue, terms }: CdpSystem, price: DraftPrice): DraftFund {
  const asset: Address = terms.debtAsset;
  const amount = ledger.venues.get(venue)?.funds.get('stability-pool')?.get(asset) ?? 0n;
  return { kind: 'stability-pool', asset, price, amount };
}

const symbolOf = (ledger: Ledger, asset: Address): string =>
  ledger.reference.assets.get(asset)?.symbol ?? asset.slice(0, 10);
