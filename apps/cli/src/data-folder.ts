import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, processIdentity } from '@undertow/supervise';
import { ConfigError } from '@undertow/units';

/** What a running `undertow start` says of itself in `run.json`, for the other commands. */
export interface RunRecord {
  /** The process, as `processIdentity` gives it. */
  readonly process: string;
  readonly databaseUrl?: string;
  readonly pageUrl?: string;
}

/** A data folder that this process alone uses until `release`. */
export interface LockedFolder {
  readonly path: string;
  /** Publishes what the other commands need, such as the database's address. */
  publish(record: Omit<RunRecord, 'process'>): void;
  release(): void;
}

/** Takes a data folder; throws ConfigError when another process that is alive has it. */
export function lockDataFolder(path: string): LockedFolder {
  makeFolder(join(path, 'logs'));
  const self = { process: processIdentity(process.pid) ?? String(process.pid) };
  const file = join(path, 'run.json');
  // Written beside and linked, so that nobody reads half a record and only one process wins.
  const draft = join(path, `run.${process.pid}.json`);
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 });
  try {
    const holder = runningIn(path);
    if (holder !== undefined) throw inUse(path, holder);
    rmSync(file, { force: true });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw inUse(path, runningIn(path));
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    path,
    publish: (record) => writeFileSync(file, JSON.stringify({ ...self, ...record }), { mode: 0o600 }),
    release: () => rmSync(file, { force: true }),
  };
}

/** The process that uses a data folder now; undefined when none does. */
export function runningIn(path: string): RunRecord | undefined {
  try {
    const record = JSON.parse(readFileSync(join(path, 'run.json'), 'utf8')) as RunRecord;
    return isRunning(record.process) ? record : undefined;
  } catch {
    return undefined; // Missing, or cut off by a crash: nobody holds it.
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
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
