import { readFile } from 'node:fs/promises';
import { ConfigError } from '@undertow/units';

/** The operating-system user that runs the server. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  /** True when we are root and step down to this user for the server. */
  readonly dropped: boolean;
}

/**
 * PostgreSQL refuses to run as root, so root steps down to `postgres` where that user exists, else to `nobody`.
 * Everyone else runs it as themselves. `undefined` on systems without user ids.
 */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (!process.getuid || !process.getgid) return undefined;
  if (process.getuid() !== 0) return { uid: process.getuid(), gid: process.getgid(), dropped: false };
  const users = (await readFile('/etc/passwd', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((fields) => fields[0] === name && Number(fields[2]) > 0) ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid), dropped: true };
  }
  throw new ConfigError(
    'The embedded PostgreSQL cannot run as root, and there is no user "postgres" or "nobody" to run it as. ' +
      'Start Undertow as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.',
  );
}
