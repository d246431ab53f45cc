import { readFileSync } from 'node:fs';
import { assumptionSentences } from '@undertow/web';

/** What a report says of the program that made it: the same as that of the command line, so that both make the same bytes. */
export interface Maker {
  /** `undertow 0.1.0`. */
  readonly software: string;
  /** What its engine leaves out, in whole sentences. */
  readonly assumptions: readonly string[];
}

/** This program as the maker of a report. */
export function thisMaker(): Maker {
  const manifest = new URL('../../../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  return { software: `undertow ${version}`, assumptions: assumptionSentences() };
}
