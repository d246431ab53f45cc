// Runs a program with what test files share while the whole suite runs: one embedded server, on which each file makes and drops a
// database of its own, and a folder for what several of them make alike. Ends with the program's exit code.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openTestDatabase } from '../libs/store/src/fixtures/test-database.ts';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('Which program? Name it, with its arguments.');
const server = process.env['UNDERTOW_TEST_DATABASE_URL'] ? undefined : await openTestDatabase();
const folder = await mkdtemp(join(tmpdir(), 'undertow-suite-'));
try {
  if (server) await hurry(server.connectionString);
  process.exitCode = await run(command, args, {
    UNDERTOW_TEST_FOLDER: folder,
    ...(server && { UNDERTOW_TEST_DATABASE_URL: server.connectionString }),
  });
} finally {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
}

/** No test asks here for what a crash of the machine would lose: those that crash a server have one of their own. */
async function hurry(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER ROLE CURRENT_USER SET synchronous_commit = off');
  await client.end();
}

async function run(program: string, argv: readonly string[], env: Record<string, string>): Promise<number> {
  const child = spawn(program, argv, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  // A terminal sends SIGINT to the child as well; we wait for it.
  process.on('SIGINT', () => {});
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal!]));
  });
}
