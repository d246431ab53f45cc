import { WAD } from '@undertow/units';
import type { MechanismBook } from '../mechanism-book.ts';
import { pairCheck } from './check.ts';
import { draftPairs } from './draft.ts';
import { isPairDue, pairStanding } from './due.ts';
import { feedsOfPair } from './feeds.ts';
import { owedByPairs } from './holdings.ts';
import { readPair } from './read.ts';
import { pairTerms } from './terms.ts';

export const isolatedPair: MechanismBook = {
  isPermissionless: true,
  thresholdScale: WAD,
  draft: draftPairs,
  isDue: isPairDue,
  standing: pairStanding,
  check: pairCheck,
  feedsOf: feedsOfPair,
  read: readPair,
  owed: owedByPairs,
  terms: pairTerms,
  words: { liquidated: 'collateral seized' },
};
