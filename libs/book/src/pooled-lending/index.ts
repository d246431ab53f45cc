import type { MechanismBook } from '../mechanism-book.ts';
import { pooledCheck } from './check.ts';
import { draftPooled } from './draft.ts';
import { isPooledDue, pooledStanding } from './due.ts';
import { feedsOfPooled } from './feeds.ts';
import { owedByPooled } from './holdings.ts';
import { readPooled } from './read.ts';
import { pooledTerms } from './terms.ts';

export const pooledLending: MechanismBook = {
  isPermissionless: false,
  thresholdScale: 10_000n,
  draft: draftPooled,
  isDue: isPooledDue,
  standing: pooledStanding,
  check: pooledCheck,
  feedsOf: feedsOfPooled,
  read: readPooled,
  owed: owedByPooled,
  terms: pooledTerms,
  words: { liquidated: 'collateral seized' },
};
