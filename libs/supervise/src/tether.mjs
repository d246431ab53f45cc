// Runs one program as its only child and ends it when our standard input closes, which happens however the
// parent ends, SIGKILL included. Plain JavaScript with no imports beyond Node, so it starts in milliseconds.
import { spawn } from 'node:child_process';
import { rmSync, writeSync } from 'node:fs';

const { command, args, cwd, uid, gid, stopSignal, graceMs, removeOnExit } = JSON.parse(process.argv[2]);
const child = spawn(command, args, {
  cwd,
  ...(uid === undefined ? {} : { uid, gid }),
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true, // Ctrl-C in the terminal goes to the whole group: the parent decides, not the terminal.
});
// Should we be killed, our parent must know what to end.
if (child.pid !== undefined) writeSync(3, String(child.pid));

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  signal(stopSignal);
  setTimeout(() => signal('SIGKILL'), graceMs).unref();
}
function signal(name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // Already gone.
  }
}
function clean() {
  for (const path of removeOnExit) rmSync(path, { recursive: true, force: true });
}

process.stdin.resume();
process.stdin.on('end', stop);
process.stdin.on('close', stop);
process.stdin.on('error', stop);
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, name === 'SIGTERM' ? stop : () => {});
child.on('error', (error) => {
  process.stderr.write(`cannot run ${command}: ${error.message}\n`);
  clean();
  process.exit(127);
});
child.on('exit', (code, name) => {
  // A program that was killed may leave children in its group.
  signal('SIGKILL');
  clean();
  process.exit(name ? 128 : (code ?? 1));
});
