import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '@undertow/chain';

/** Writes what is watched into the data folder, for the programs that follow it and for people; gives the path. */
export function writeNetworkFile(folder: string, network: Network): string {
  const file = join(folder, 'network.json');
  writeFileSync(file, `${JSON.stringify(network, undefined, 2)}\n`);
  return file;
}
