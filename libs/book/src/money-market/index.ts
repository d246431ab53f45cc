import { WAD } from '@undertow/units';
import type { MechanismBook } from '../mechanism-book.ts';
import { moneyMarketCheck } from './check.ts';
import { draftMoneyMarket } from './draft.ts';
import { isMoneyMarketAccountDue, mintedTokens, moneyMarketStanding } from './due.ts';
import { feedsOfMoneyMarket } from './feeds.ts';
import { readMoneyMarket } from './read.ts';
import { moneyMarketTerms } from './terms.ts';

export const moneyMarket: MechanismBook = {
  isPermissionless: false,
  thresholdScale: WAD,
  draft: draftMoneyMarket,
  isDue: isMoneyMarketAccountDue,
  standing: moneyMarketStanding,
  depositState: mintedTokens,
  isStateByLeg: true,
  check: moneyMarketCheck,
  feedsOf: feedsOfMoneyMarket,
  read: readMoneyMarket,
  terms: moneyMarketTerms,
  words: { liquidated: 'collateral seized' },
};
