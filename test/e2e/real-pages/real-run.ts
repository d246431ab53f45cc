import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { address, startUndertow, type Run } from '../run-undertow.ts';
import { startBrowser, type Browser, type Look, type UndertowPage } from '../undertow-page.ts';

/*
 * One run of Undertow on a local chain that stands still, and one browser, for all tests that are loaded into the same file: a
 * chain is dear to build. What a page shows is held against the API and against the command line, which reads the same database
 * by itself.
 */

const room = mkdtempSync(join(tmpdir(), 'undertow-page-'));
const data = join(room, 'data');
const COMMAND = join(import.meta.dirname, '../../../apps/cli/bin/undertow.mjs');

let run: Run;
let origin: string;
let browser: Browser;
let shown: UndertowPage | undefined;

beforeAll(async () => {
  chmodSync(room, 0o711); // Root steps down to run PostgreSQL, and must still pass.
  run = startUndertow(['--accounts', '120', '--seed', '4', '--no-agent', '--data', data]);
  [origin, browser] = await Promise.all([address(run), startBrowser()]);
}, 120_000);
afterEach(async () => {
  const troubles = shown?.troubles ?? [];
  await shown?.page.close();
  shown = undefined;
  expect(troubles).toEqual([]);
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  run?.child.kill('SIGINT');
  await run?.exited;
  rmSync(room, { recursive: true, force: true });
});

/** Opens a page of the run and waits until all that it asks is answered; it is closed after the test, or when another is opened. */
export async function open(path: string, look?: Look): Promise<UndertowPage> {
  expect(shown?.troubles ?? []).toEqual([]);
  await shown?.page.close();
  shown = await browser.open(new URL(path, origin).href, look);
  return shown.settled();
}

/** What the API answers. */
export async function ask<Answer>(query: string): Promise<Answer> {
  const response = await fetch(new URL('/graphql', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data: answer, errors } = (await response.json()) as { data: Answer; errors?: unknown };
  expect(errors).toBeUndefined();
  return answer;
}

/** What a command prints as JSON of the same database. */
export async function command<Printed>(...args: readonly string[]): Promise<Printed> {
  const { DATABASE_URL: _database, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [COMMAND, ...args, '--json', '--data', data],
    { env, maxBuffer: 64 * 1_024 * 1_024 },
  );
  return JSON.parse(stdout) as Printed;
}

/** A sum of money as the page writes it: `−$3.97M` → -3,970,000. */
export function dollars(text: string): number {
  const [, minus, number, scale = ''] = /^(−?)\$([\d.,]+)([KMBT]?)$/.exec(text.trim()) ?? [];
  const size = Number(number?.replaceAll(',', '')) * { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[scale]!;
  return minus ? -size : size;
}

/** Expects a sum of money on the page to be a value, to the digits shown; what it is of is told where it is not. */
export function expectDollars(text: string, value: number, of: unknown = ''): void {
  const shownUsd = text.trim() === '<$1' ? 0 : dollars(text);
  const isClose = Math.abs(shownUsd - value) <= 0.006 * Math.abs(value) + 1;
  expect({ of, text, value, isClose }).toEqual({ of, text, value, isClose: true });
}

/** A headline in its sentences. */
export const sentencesOf = (headline: string): string[] => headline.split(/(?<=\.) (?=[A-Z])/);

/** What is written somewhere, on one line. */
export const onOneLine = (text: string): string => text.replace(/\s+/g, ' ');
