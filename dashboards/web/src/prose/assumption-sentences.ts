import { ASSUMPTIONS } from '../sections/assumptions/text.ts';
import { plainText } from './prose.ts';

/** What the model leaves out, in whole sentences: as every report carries it. */
export const assumptionSentences = (): string[] =>
  ASSUMPTIONS.flatMap((block) => ('items' in block ? block.items : [])).map(plainText);
