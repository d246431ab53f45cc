import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '@undertow/chain';

/** Writes what is watched into the data folder, for the programs that follow it and for people; gives the path. */
export function writeNetworkFile(folder: string, network: Network): string {
  const file = join(folder, 'network.json');
  writeFileSync(file, `${JSON.stringify(network, undefined, 2)}\n`, { mode: 0o600 });
  // One of an older release could be read by everybody.
  chmodSync(file, 0o600);
  return file;
}
