import { accessSync, constants, existsSync, readdirSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '@undertow/store';
import { runningIn } from '../data-folder.ts';
import { DEFAULT_DATA } from '../data-option.ts';
import { bad, good, type Finding } from './check.ts';

const NEEDED_BYTES = 2e9;

/** The data folder can be written and has room. */
export async function checkDataFolder(data: string): Promise<Finding> {
  const name = 'Data folder';
  try {
    makeFolder(data);
    accessSync(data, constants.W_OK);
  } catch {
    return bad(name, `${data} cannot be written. Choose another with --data.`);
  }
  const { bavail, bsize } = statfsSync(data);
  const free = bavail * bsize;
  const gigabytes = `${(free / 1e9).toFixed(1)} GB free`;
  if (free < NEEDED_BYTES)
    return bad(name, `${data} has only ${gigabytes}; 2 GB are needed. Free some space, or use --data.`);
  const holder = runningIn(data);
  return good(name, `${data}, ${gigabytes}${holder?.pageUrl ? `, in use by ${holder.pageUrl}` : ''}`);
}

/** The compiled contracts of the local chain are cached. */
export async function checkArtifacts(): Promise<Finding> {
  const folder = join(DEFAULT_DATA, 'artifacts');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  if (files.length > 0) return good('Artifacts', `cached in ${folder}`);
  if (existsSync(dirname(folder)))
    return good('Artifacts', 'not fetched yet: the first start fetches and compiles them (about 20 s)');
  return good('Artifacts', 'not fetched yet');
}
