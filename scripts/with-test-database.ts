// Runs a program beside one embedded server, on which each test file makes and drops a database of its own: a server for each file takes
// longer to start and to end than most of them take. Ends with the program's exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import pg from 'pg';
import { openTestDatabase } from '../libs/store/src/fixtures/test-database.ts';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('Which program? Name it, with its arguments.');
const server = await openTestDatabase();
try {
  process.exitCode = await run(command, args, server.connectionString);
} finally {
  await server.close();
}

async function run(program: string, argv: readonly string[], url: string): Promise<number> {
  // What a crash of the machine would lose no test asks for here: those that crash a server have one of their own.
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER ROLE CURRENT_USER SET synchronous_commit = off');
  await client.end();
  const child = spawn(program, argv, {
    stdio: 'inherit',
    env: { ...process.env, UNDERTOW_TEST_DATABASE_URL: url },
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  // A terminal sends SIGINT to the child as well; we wait for it.
  process.on('SIGINT', () => {});
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal!]));
  });
}
