import type { Address, MarketId, VenueId } from '@undertow/market';
import { MOST_PRICE_USD, MOST_USD } from './check/most.ts';
import type { DraftAccount, DraftGap, DraftLeg } from './draft.ts';
import { accountGap } from './draft.ts';

/** Accounts that the engine can reckon with, and gaps for the others. */
export interface SoundAccounts {
  readonly accounts: readonly DraftAccount[];
  readonly gaps: readonly DraftGap[];
}

/**
 * Keeps the accounts whose every number can be: amounts not below zero, ratios within 0 and 1, prices above zero, no
 * value above `MOST_USD`, markets whose state and rule can be (`isSoundMarket`). A venue that follows its own rules has no others; logs that lie, or that are missing, make some. Each is
 * left out with the reason, so that the rest of the book stands (`checkBook` holds for every draft after this).
 */
export function soundAccounts(
  accounts: readonly DraftAccount[],
  decimalsOf: (asset: Address) => number,
  isSoundMarket: (venue: VenueId, market: MarketId) => boolean = () => true,
): SoundAccounts {
  const gaps: DraftGap[] = [];
  const sound = accounts.filter(({ venue, legs }) => {
    const isSound = legs.every(({ market }) => isSoundMarket(venue, market));
    const reason = isSound ? firstFlaw(legs, decimalsOf) : BAD_TERMS;
    if (reason !== undefined) gaps.push(accountGap(venue, reason, undefined));
    return reason === undefined;
  });
  return { accounts: sound, gaps };
}

function firstFlaw(legs: readonly DraftLeg[], decimalsOf: (asset: Address) => number): string | undefined {
  for (const leg of legs) {
    const flaw = flawOf(leg, decimalsOf(leg.asset));
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

function flawOf(leg: DraftLeg, decimals: number): string | undefined {
  const { amount, price, maintenanceMargin = 0 } = leg;
  if (amount < 0n) return 'an amount below zero: facts are missing or wrong';
  const isPrice = price.usd > 0 && price.usd <= MOST_PRICE_USD;
  if (!isPrice || !((Number(amount) / 10 ** decimals) * price.usd <= MOST_USD))
    return 'a price or value that is no number: facts are wrong';
  const { liquidationThreshold, loanToValue = 0, liquidationBonus, liquidationProtocolFee } = leg;
  const hasTerms =
    isShare(liquidationThreshold) &&
    isShare(loanToValue) &&
    isShare(liquidationProtocolFee) &&
    isRatio(liquidationBonus) &&
    isRatio(maintenanceMargin);
  return hasTerms ? undefined : BAD_TERMS;
}

const BAD_TERMS = 'liquidation terms out of range: facts are wrong';

const isShare = (value: number) => value >= 0 && value <= 1;
const isRatio = (value: number) => value >= 0 && Number.isFinite(value);
