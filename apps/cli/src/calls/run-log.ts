import { closeSync, openSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { verifyLog, type LogEntry, type LogHead } from '@undertow/calls';
import { readCallLog, type StoredEntry } from '@undertow/store';
import { existsSync } from 'node:fs';
import { ConfigError } from '@undertow/units';
import { UsageError } from '../explain-error.ts';
import { openDatabase } from '../open-database.ts';
import { print, printPieces } from '../print.ts';

export interface CallsLogOptions {
  readonly data: string;
  readonly out?: string;
  readonly head?: string;
}

/** Entries that are read at a time. */
const BATCH = 5_000;

/** Writes the log of a database, an entry a line. */
export async function runCallsExport({ data, out }: CallsLogOptions): Promise<void> {
  const entries = await storedLog(data);
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
  if (out === undefined) return printPieces(lines);
  try {
    const file = openSync(out, 'w');
    try {
      for (const line of lines) writeSync(file, line);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new ConfigError(`Cannot write ${out}. Choose another file with --out.`, { cause });
  }
  const last = entries.at(-1);
  const head = last ? `; its head is ${last.seq}:${last.hash}, to be kept somewhere else` : '';
  process.stderr.write(`Wrote ${entries.length} entries to ${out}${head}\n`);
}

/**
 * Checks a log, of a file or of the database, and says where it is not whole: then with exit code 1.
 *
 * @throws UsageError for what is no log, and for a head that is none.
 */
export async function runCallsVerify(
  log: string | undefined,
  { data, head }: CallsLogOptions,
): Promise<void> {
  const known = head === undefined ? undefined : headOf(head);
  const entries = log === undefined ? await storedLog(data) : await logOfFile(log);
  const found = verifyLog(entries as readonly LogEntry[], { head: known });
  if (!found.isWhole) {
    process.exitCode = 1;
    await print(`NOT WHOLE: ${found.flaw.words}. ${found.count} entries were looked at.\n`);
    return;
  }
  const { seq, hash } = found.head;
  const unseen = known
    ? ''
    : ' Entries cut off at its end would not show: give the head that was kept elsewhere with --head.';
  await print(
    found.count === 0
      ? `The log has no entries.${unseen}\n`
      : `Whole: ${found.count} entries, none changed, removed or moved. Its head is ${seq}:${hash}.${unseen}\n`,
  );
}

function headOf(text: string): LogHead {
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UsageError(
      '--head is the last entry as "undertow calls export" told it: a number, a colon and 64 hexadecimal digits.',
    );
  return { seq: Number(seq), hash };
}

async function storedLog(data: string): Promise<StoredEntry[]> {
  if (!process.env['DATABASE_URL'] && !existsSync(data))
    throw new ConfigError(
      `There is no database in ${data}: run "undertow start" first, or name another folder with --data.`,
    );
  const database = await openDatabase(data);
  try {
    const entries: StoredEntry[] = [];
    for (let after = 0; ;) {
      const read = await readCallLog(database.store, { after, most: BATCH });
      entries.push(...read);
      if (read.length < BATCH) return entries;
      after = read.at(-1)!.seq;
    }
  } finally {
    await database.close();
  }
}

async function logOfFile(path: string): Promise<StoredEntry[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. Name a file that "undertow calls export" wrote.`, { cause });
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => entryOf(line, `${path}, line ${at + 1}`));
}

function entryOf(line: string, place: string): StoredEntry {
  try {
    const entry = JSON.parse(line) as StoredEntry;
    if (typeof entry.seq === 'number' && typeof entry.hash === 'string') return entry;
  } catch {
    // Said below, as of any other line that is no entry.
  }
  throw new UsageError(`${place} is no entry of a log. Name a file that "undertow calls export" wrote.`);
}
