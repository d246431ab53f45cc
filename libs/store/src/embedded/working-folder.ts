import { readlinkSync } from 'node:fs';

/** The folder a process works in; `undefined` when the system does not tell. */
export function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
