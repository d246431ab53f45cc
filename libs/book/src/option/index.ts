import type { MechanismBook } from '../mechanism-book.ts';
import { optionCheck } from './check.ts';
import { draftOptions } from './draft.ts';
import { isOptionDue } from './due.ts';
import { feedsOfOptions } from './feeds.ts';
import { readOption } from './read.ts';
import { NO_TERMS } from '../terms/mechanism-terms.ts';

export const option: MechanismBook = {
  isPermissionless: false,
  thresholdScale: undefined,
  draft: draftOptions,
  isDue: isOptionDue,
  check: optionCheck,
  feedsOf: feedsOfOptions,
  read: readOption,
  terms: NO_TERMS,
  words: { liquidated: 'collateral taken for options bought back' },
};
