import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, processIdentity } from './process-identity.ts';

/**
 * A new folder in the temp folder of the system, named after this process: those of the same name whose process is gone (it was killed
 * before it could remove them) are removed.
 *
 * @param name letters and hyphens, such as `undertow-anvil`.
 */
export function tempFolder(name: string, parent: string = tmpdir()): string {
  const left = new RegExp(`^${name}-(\\d+)(?:\\.(\\d+))?-[^-]+$`);
  for (const found of readdirSync(parent)) {
    const [, pid, started] = left.exec(found) ?? [];
    if (pid === undefined || isRunning(started === undefined ? pid : `${pid} ${started}`)) continue;
    rmSync(join(parent, found), { recursive: true, force: true });
  }
  const self = (processIdentity(process.pid) ?? String(process.pid)).replace(' ', '.');
  return mkdtempSync(join(parent, `${name}-${self}-`));
}
