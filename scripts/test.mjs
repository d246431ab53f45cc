// What `npm test` runs: makes the set-up complete, then Jest with the arguments passed through. Files share things while the whole suite runs.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureInstalled } from './ensure-install.mjs';
import { pinnedNode, projectRoot } from '../apps/cli/bin/run-pinned.mjs';

try {
  await ensureInstalled(projectRoot);
  const node = pinnedNode();
  const artifacts = await run(node, [join(import.meta.dirname, 'ensure-artifacts.ts')]);
  if (artifacts !== 0) process.exit(artifacts);
  const chromium = ensureChromium();
  const browser =
    chromium === undefined
      ? ['--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=test/e2e/page']
      : [];
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  const quiet = '--disable-warning=ExperimentalWarning';
  const isWhole = process.argv.slice(2).every((argument) => argument.startsWith('-'));
  const sharing = isWhole ? [quiet, join(import.meta.dirname, 'run-suite.ts'), node] : [];
  process.exitCode = await run(
    node,
    [...sharing, '--experimental-vm-modules', quiet, jest, ...browser, ...process.argv.slice(2)],
    chromium === undefined ? {} : { UNDERTOW_CHROMIUM: chromium },
  );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

/** Runs a program to its end with our output; gives its exit code. */
function run(command, args, env = {}) {
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit', env: { ...process.env, ...env } });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, forward);
  // A terminal sends SIGINT to the child as well; we wait for it.
  process.on('SIGINT', () => {});
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(code ?? 128 + constants.signals[signal]));
  });
}
