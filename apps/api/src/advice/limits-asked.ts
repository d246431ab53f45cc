import { readFileSync } from 'node:fs';
import { readLimits, type StewardLimits } from '@undertow/advice';
import { inputError } from '../errors.ts';
import { asInput } from '../scenario-input.ts';

/** Limits that are written down in this repository, by the word that names them; the command line knows the same. */
const PRESETS: readonly string[] = ['aave-v3-agrs', 'aave-v4-agrs'];
const FOLDER = new URL('../../../../docs/examples/limits/', import.meta.url);

/** Limits of a steward: a preset by its name, or what is said of each parameter. */
export function limitsAsked(asked: unknown): StewardLimits {
  if (typeof asked !== 'string') return asInput(() => readLimits(asked));
  if (!PRESETS.includes(asked))
    throw inputError(
      `There are no limits ${JSON.stringify(asked.slice(0, 80))}: name one of ${PRESETS.join(', ')}, or give limits as docs/examples/limits has them.`,
    );
  return readLimits(JSON.parse(readFileSync(new URL(`${asked}.json`, FOLDER), 'utf8')));
}
