import {
  chmodSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '@undertow/store';
import { isRunning, processIdentity } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';
import type { Restarted } from './start/restarts.ts';

/** What a running `undertow start` says of itself in `run.json`, for the other commands. */
export interface RunRecord {
  /** The process, as `processIdentity` gives it. */
  readonly process: string;
  readonly databaseUrl?: string;
  readonly pageUrl?: string;
  /** What ended by itself since, and was started again. */
  readonly restarted?: readonly Restarted[];
}

/** A data folder that this process alone uses until `release`. */
export interface LockedFolder {
  readonly path: string;
  /** Publishes what the other commands need, such as the database's address. */
  publish(record: Omit<RunRecord, 'process'>): void;
  release(): void;
}

/**
 * For this user alone. As root, which PostgreSQL refuses to run as, others may pass through to its folder, which is only its own; they cannot
 * see what there is.
 */
const FOLDER_MODE = process.getuid?.() === 0 ? 0o711 : 0o700;

/** Whether a folder holds nothing but what a start puts there: any other is somebody's, who said who may read it. */
const isOurs = (path: string): boolean =>
  readdirSync(path).every((name) =>
    /^(devnet|logs|postgres|artifacts|network.*\.json|run(\..*)?\.json)$/.test(name),
  );

/** Takes a data folder; throws ConfigError when another process that is alive has it, or it cannot be written. */
export function lockDataFolder(path: string): LockedFolder {
  const self = { process: processIdentity(process.pid) ?? String(process.pid) };
  const file = join(path, 'run.json');
  // Written beside and then put in place, so that nobody reads half a record and only one process wins.
  const draft = join(path, `run.${process.pid}.json`);
  const write = (record: RunRecord): void => writeFileSync(draft, JSON.stringify(record), { mode: 0o600 });
  orUnusable(path, () => {
    const isNew = !existsSync(path);
    makeFolder(join(path, 'logs'));
    if (isNew || isOurs(path)) chmodSync(path, statSync(path).mode & FOLDER_MODE);
    chmodSync(join(path, 'logs'), 0o700);
    write(self);
  });
  try {
    const holder = runningIn(path) ?? setAside(path);
    if (holder !== undefined) throw inUse(path, holder);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw inUse(path, runningIn(path));
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    path,
    publish(record) {
      write({ ...self, ...record });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/**
 * Takes the record of a process that is gone out of the way. When another process has put its own there since we
 * looked, that one is put back and returned.
 */
export function setAside(path: string): RunRecord | undefined {
  const file = join(path, 'run.json');
  const aside = join(path, `run.${process.pid}.old.json`);
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const holder = holderIn(aside);
    if (holder !== undefined) linkSync(aside, file);
    return holder;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The process that uses a data folder now; undefined when none does. */
export function runningIn(path: string): RunRecord | undefined {
  return holderIn(join(path, 'run.json'));
}

function holderIn(file: string): RunRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
    return isRunning(record.process) ? record : undefined;
  } catch {
    return undefined; // Missing, or cut off by a crash: nobody holds it.
  }
}

function orUnusable(path: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new ConfigError(`Cannot write to ${path}. Choose another folder with --data.`, { cause });
  }
}

function inUse(path: string, holder: RunRecord | undefined): ConfigError {
  const who = holder
    ? ` (process ${holder.process.split(' ')[0]}${holder.pageUrl ? `, ${holder.pageUrl}` : ''})`
    : '';
  return new ConfigError(
    `The data folder ${path} is in use by another Undertow${who}. Stop that one, or choose another folder with --data.`,
  );
}
