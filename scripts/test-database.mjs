// What `npm run test:database` runs: the tests that use a database, on the server at DATABASE_URL instead of the embedded one,
// such as a TimescaleDB. Each test file makes and drops a database of its own there. More arguments go to Jest.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What is tested: the store, what breaks, the API, and what the command line reads. */
const FILES = [
  'libs/store/src',
  'apps/api',
  'test/fault',
  'test/upgrade',
  'apps/cli/src/run-history',
  'apps/worker',
];

const { DATABASE_URL: url, ...environment } = process.env;
if (!url) {
  process.stdout.write(
    'Skipped: DATABASE_URL is not set. Set it to a server whose user may create databases, such as\n' +
      '  DATABASE_URL=postgresql://postgres:secret@127.0.0.1:5432/postgres npm run test:database\n',
  );
} else {
  process.exitCode = await run(url);
}

async function run(databaseUrl) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT current_setting('server_version') AS version,
         (SELECT default_version FROM pg_available_extensions WHERE name = 'timescaledb') AS timescale,
         current_setting('timescaledb.disable_load', true) IS NOT NULL AS loaded`,
    );
    const { version, timescale, loaded } = rows[0];
    const kind = loaded ? `TimescaleDB ${timescale}` : 'no TimescaleDB: what is about that alone is skipped';
    process.stdout.write(`On PostgreSQL ${version} with ${kind}.\n`);
  } catch (error) {
    process.stderr.write(`DATABASE_URL leads nowhere: ${error.message || error.code}. Correct it.\n`);
    return 1;
  } finally {
    await client.end();
  }
  const tests = spawn(
    process.execPath,
    [join(import.meta.dirname, 'test.mjs'), ...FILES, ...process.argv.slice(2)],
    {
      cwd: join(import.meta.dirname, '..'),
      stdio: 'inherit',
      env: { ...environment, UNDERTOW_TEST_DATABASE_URL: databaseUrl },
    },
  );
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => tests.kill(signal));
  // A terminal sends SIGINT to the child as well; we wait for it.
  process.on('SIGINT', () => {});
  return new Promise((done) => tests.on('exit', (code) => done(code ?? 1)));
}
