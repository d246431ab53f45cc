import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '@undertow/units';
import { UsageError } from '../explain-error.ts';
import { gathered } from '../print.ts';

/**
 * Writes a file that is there whole or not at all: its text or bytes go into another beside it, which takes its name when all is written.
 *
 * @throws ConfigError when it cannot be written; what was there before stays.
 */
export function writeWhole(path: string, pieces: Iterable<string> | Uint8Array): void {
  const beside = `${path}.${process.pid}.partial`;
  try {
    const file = openSync(beside, 'wx');
    try {
      if (pieces instanceof Uint8Array) writeFileSync(file, pieces);
      else for (const text of gathered(pieces)) writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new ConfigError(
      `Cannot write ${path}: ${(cause as Error).message}. Choose another file with --out.`,
      { cause },
    );
  }
}

/**
 * Looks whether a file could be written, before work is done for it.
 *
 * @throws UsageError that says why not.
 */
export function refuseUnwritable(path: string): void {
  const folder = dirname(path);
  const wrong = statSync(path, { throwIfNoEntry: false })?.isDirectory()
    ? 'it is a folder'
    : folderFlaw(folder);
  if (wrong !== undefined)
    throw new UsageError(`Cannot write ${path}: ${wrong}. Choose another file with --out.`);
}

function folderFlaw(folder: string): string | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return `there is no folder ${folder}`;
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch {
    return `nothing may be written into ${folder}`;
  }
}
