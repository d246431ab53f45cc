import { readFileSync } from 'node:fs';
import { PRESET_NAMES, presetPolicy, readPolicy, type Policy } from '@undertow/calls';
import { asUsage, UsageError } from '../explain-error.ts';

/**
 * A policy by the name of a preset, or from a file.
 *
 * @throws UsageError for what is neither, with all that is wrong with a file.
 */
export function policyOf(given: string): Policy {
  const preset = presetPolicy(given);
  if (preset) return preset;
  let text: string;
  try {
    text = readFileSync(given, 'utf8');
  } catch (cause) {
    throw new UsageError(
      `--policy ${given} is no file that can be read, and none of ${PRESET_NAMES.join(', ')}.`,
      { cause },
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${given} is no JSON: ${(cause as Error).message}`, { cause });
  }
  return asUsage(() => readPolicy(value), `${given}: `);
}
