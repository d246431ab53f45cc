import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readLimits, type StewardLimits } from '@undertow/advice';
import { asUsage, UsageError } from '../explain-error.ts';

const FOLDER = new URL('../../../../docs/examples/limits/', import.meta.url);

/** Limits of stewards that are written down in this repository, by the word that names them. */
export const PRESETS: readonly string[] = ['aave-v3-agrs', 'aave-v4-agrs'];

/**
 * The limits of a steward, of a preset or from a JSON file.
 *
 * @throws UsageError for a file that is none, and for limits that contradict each other.
 */
export function limitsOf(named: string): StewardLimits {
  const preset = PRESETS.includes(named) ? fileURLToPath(new URL(`${named}.json`, FOLDER)) : undefined;
  const path = preset ?? named;
  if (!existsSync(path))
    throw new UsageError(
      `There are no limits ${named}: name a JSON file, or one of ${PRESETS.join(', ')}. docs/examples/limits shows the form.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`${path} cannot be read as limits: ${(cause as Error).message}`, { cause });
  }
  return asUsage(() => readLimits(value), `${path}: `);
}
