import { WAD } from '@undertow/units';
import type { MechanismBook } from '../mechanism-book.ts';
import { cdpCheck } from './check.ts';
import { draftCdp } from './draft.ts';
import { cdpStanding, isCdpDue } from './due.ts';
import { feedsOfCdp } from './feeds.ts';
import { readCdp } from './read.ts';
import { cdpTerms } from './terms.ts';

export const cdp: MechanismBook = {
  isPermissionless: false,
  thresholdScale: WAD,
  draft: draftCdp,
  isDue: isCdpDue,
  standing: cdpStanding,
  check: cdpCheck,
  feedsOf: feedsOfCdp,
  read: readCdp,
  terms: cdpTerms,
  words: { liquidated: 'collateral seized' },
};
