import { resolve } from 'node:path';
import { UsageError } from '../explain-error.ts';
import { print } from '../print.ts';
import { checkArtifacts, checkDataFolder } from './check-data.ts';
import { checkDatabase } from './check-database.ts';
import { endpointChecks } from './check-endpoints.ts';
import { checkServing } from './check-serving.ts';
import { checkAnvil, checkChromium, checkNode } from './check-runtime.ts';
import { bad, type Check, type Finding } from './check.ts';

export interface DoctorOptions {
  readonly data: string;
  readonly rpc?: readonly string[];
  readonly chain?: number;
}

/** Runs all checks one after the other and prints what they find; gives 1 when something is wrong. */
export async function runDoctor({ data, rpc, chain }: DoctorOptions): Promise<number> {
  if ((rpc === undefined) !== (chain === undefined))
    throw new UsageError('To check endpoints give both --rpc <url> and --chain <id>.');
  const folder = resolve(data);
  const checks: Check[] = [
    checkNode,
    checkAnvil,
    () => checkDataFolder(folder),
    checkArtifacts,
    () => checkDatabase(folder),
    () => checkServing(folder),
    ...endpointChecks(rpc ?? [], chain ?? 0),
    checkChromium,
  ];
  let wrong = 0;
  for (const check of checks) {
    for (const finding of await findingsOf(check)) {
      if (!finding.ok) wrong++;
      await print(`${finding.ok ? '✓' : '✗'} ${finding.name}: ${finding.detail}\n`);
    }
  }
  await print(
    wrong === 0
      ? 'Everything is in order.\n'
      : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong; see ✗ above.\n`,
  );
  return wrong === 0 ? 0 : 1;
}

async function findingsOf(check: Check): Promise<readonly Finding[]> {
  try {
    return [await check()].flat();
  } catch (error) {
    return [bad('A check', `failed itself: ${error instanceof Error ? error.message : String(error)}`)];
  }
}
