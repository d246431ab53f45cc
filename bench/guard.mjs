// Ends what a bench started when the bench itself ends, however it ends: its standard input closes then. A line of it is
// `end <process group>`, `ended <process group>` or `remove <folder>`. Plain JavaScript, so that it starts at once.
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const groups = new Set();
const folders = new Set();
// Ctrl-C is for the bench; we end after it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [what, which] = line.split(/ (.*)/);
  if (what === 'end') groups.add(Number(which));
  if (what === 'ended') groups.delete(Number(which));
  if (what === 'remove') folders.add(which);
});
lines.on('close', () => {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
  clean(20);
});

/** Again while a server that is stopping still writes into its folder. */
function clean(tries) {
  for (const folder of folders) {
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Something was written meanwhile.
    }
  }
  if (tries > 0 && [...folders].some((folder) => existsSync(folder))) setTimeout(clean, 500, tries - 1);
}
