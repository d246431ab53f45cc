import { readFileSync } from 'node:fs';
import { PRESET_NAMES, presetPolicy, readPolicy, type Policy } from '@undertow/calls';
import { readTargets, type Target } from '@undertow/notices';
import { BadDataError, ConfigError } from '@undertow/units';

/** How margin calls are made: by which policy, and who is told. */
export interface CallSettings {
  readonly policy: Policy;
  readonly targets: readonly Target[];
}

/**
 * Settings from a file: `{ "policy": "health-factor", "targets": [ … ] }`, the policy by the name of a preset or as one of one's own.
 *
 * @throws ConfigError that says what is wrong with them.
 */
export function readCallSettings(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
): CallSettings {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ConfigError(`UNDERTOW_CALLS: ${path} cannot be read as JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
  const { policy, targets, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw new ConfigError(
      `UNDERTOW_CALLS: ${path} has ${unknown.join(', ')}: there are policy and targets alone.`,
    );
  const read = policyOf(policy, path);
  if (read.measure === 'deviations')
    throw new ConfigError(
      `UNDERTOW_CALLS: ${path}: a ladder of standard deviations needs prices of the past, which only "undertow calls check" takes: choose another policy.`,
    );
  return { policy: read, targets: readTargets(targets, env) };
}

function policyOf(value: unknown, path: string): Policy {
  if (typeof value === 'string') {
    const preset = presetPolicy(value);
    if (preset) return preset;
    throw new ConfigError(
      `UNDERTOW_CALLS: ${path} names the policy "${value}": there are ${PRESET_NAMES.join(', ')}.`,
    );
  }
  try {
    return readPolicy(value);
  } catch (cause) {
    if (cause instanceof BadDataError)
      throw new ConfigError(`UNDERTOW_CALLS: ${path}: ${cause.message}`, { cause });
    throw cause;
  }
}
