import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assumptionSentences } from '@undertow/web';
import { PROJECT_ROOT } from '../data-option.ts';

/** What a report says of the program that made it. */
export interface Maker {
  /** `undertow 0.1.0`. */
  readonly software: string;
  /** What its engine leaves out, in whole sentences. */
  readonly assumptions: readonly string[];
}

/** This program as the maker of a report. */
export function thisMaker(): Maker {
  const manifest = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return { software: `undertow ${manifest.version}`, assumptions: assumptionSentences() };
}
