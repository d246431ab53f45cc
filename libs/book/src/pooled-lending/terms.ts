import type { MechanismTerms } from '../terms/mechanism-terms.ts';

/** What governance sets per reserve or e-mode, and what the code has as constants. */
export const pooledTerms: MechanismTerms = {
  market: [
    'liquidationThreshold',
    'loanToValue',
    'liquidationBonus',
    'liquidationProtocolFee',
    'supplyCap',
    'borrowCap',
  ],
  venue: ['closeFactor', 'fullCloseHealthFactor'],
};
