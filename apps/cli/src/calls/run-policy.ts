import { PRESET_NAMES, presetPolicy } from '@undertow/calls';
import { UsageError } from '../explain-error.ts';
import { print, printReadable } from '../print.ts';
import { table } from '../text-table.ts';
import { rungText } from './call-words.ts';

/** Prints a policy that is ready; without a name all of them in short. */
export async function runCallsPolicy(name: string | undefined): Promise<void> {
  if (name === undefined) {
    const rows = PRESET_NAMES.map((preset) => {
      const policy = presetPolicy(preset)!;
      const rungs = policy.rungs.map((rung) => rungText(rung, policy.measure));
      return [preset, rungs.join('\n'), policy.source === undefined ? 'our own' : 'published'];
    });
    return printReadable(`${table(['Policy', 'Rungs', 'Ladder'], rows, [0, 1, 2])}\n`);
  }
  const policy = presetPolicy(name);
  if (!policy) throw new UsageError(`There is no policy "${name}": there are ${PRESET_NAMES.join(', ')}.`);
  await print(`${JSON.stringify(policy, undefined, 2)}\n`);
}
