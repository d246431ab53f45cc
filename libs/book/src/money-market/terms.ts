import type { MechanismTerms } from '../terms/mechanism-terms.ts';

/** What governance sets per market, and the venue's close factor. */
export const moneyMarketTerms: MechanismTerms = {
  market: [
    'liquidationThreshold',
    'loanToValue',
    'liquidationBonus',
    'liquidationProtocolFee',
    'supplyCap',
    'borrowCap',
  ],
  venue: ['closeFactor'],
};
