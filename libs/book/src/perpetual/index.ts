import type { MechanismBook } from '../mechanism-book.ts';
import { marginCheck } from './check.ts';
import { draftPerpetuals } from './draft.ts';
import { isPerpetualDue, perpetualHealth } from './due.ts';
import { feedsOfPerpetuals } from './feeds.ts';
import { readPerpetual } from './read.ts';
import { marginTerms } from './terms.ts';

export const perpetual: MechanismBook = {
  isPermissionless: false,
  thresholdScale: undefined,
  draft: draftPerpetuals,
  isDue: isPerpetualDue,
  health: perpetualHealth,
  check: marginCheck,
  feedsOf: feedsOfPerpetuals,
  read: readPerpetual,
  terms: marginTerms,
  words: { liquidated: 'notional closed, collateral sold' },
};
