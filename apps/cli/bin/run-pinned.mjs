// Runs the command line under the Node version that package.json pins, whatever Node started us. Plain JavaScript
// for Node 20.19 that imports nothing beyond Node.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Node keeps compiled modules here, which halves the time to start. */
export const runtimeEnvironment = { NODE_COMPILE_CACHE: join(projectRoot, '.undertow', 'compile-cache') };

/**
 * Runs `undertow` with these arguments and gives its exit code. Signals are passed on. The program sits in its own
 * process group, so that Ctrl-C reaches it once, through us, and it stops by itself when our end of the IPC
 * channel closes, which also happens when we are killed.
 */
export function runPinned(args) {
  const node = pinnedNode();
  const child = spawn(node, [MAIN, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
    env: { ...process.env, ...runtimeEnvironment },
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  const watch = stopWhenNpmIsGone(() => child.kill('SIGTERM'));
  return new Promise((done, fail) => {
    child.on('error', (cause) => fail(new Error(`cannot run ${node}: ${cause.message}`, { cause })));
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** The pinned Node; throws an Error that says what to do when it is not installed. */
export function pinnedNode() {
  const require = createRequire(import.meta.url);
  try {
    return join(dirname(require.resolve('node/package.json')), 'bin', 'node');
  } catch (cause) {
    throw new Error(
      `The dependencies are not installed. Run "npm install" in ${projectRoot} or use "npm start".`,
      { cause },
    );
  }
}

/** npm killed with SIGKILL passes nothing on: our parent, or the parent of the shell between, is then another one. */
function stopWhenNpmIsGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const started = ancestors();
  const watch = setInterval(() => {
    if (ancestors() === started) return;
    clearInterval(watch);
    stop();
  }, 1_000);
  return watch;
}

/** Our parent and, where the system tells, its parent. */
function ancestors() {
  try {
    // Field 4 of proc(5); the name in field 2 may hold spaces and ends with the last parenthesis.
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}
