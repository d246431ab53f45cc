import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { ConfigError } from '@undertow/units';
import { gathered } from '../print.ts';

/**
 * Writes a file that is there whole or not at all: its text goes into another beside it, which takes its name when all is written.
 *
 * @throws ConfigError when it cannot be written; what was there before stays.
 */
export function writeWhole(path: string, pieces: Iterable<string>): void {
  const beside = `${path}.${process.pid}.partial`;
  try {
    const file = openSync(beside, 'wx');
    try {
      for (const text of gathered(pieces)) writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch (cause) {
    rmSync(beside, { force: true });
    throw new ConfigError(`Cannot write ${path}. Choose another file with --out.`, { cause });
  }
}
