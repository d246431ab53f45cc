// npm run bench -- <name>: runs bench/<name>.ts under the pinned Node.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureInstalled } from './ensure-install.mjs';
import { pinnedNode, runtimeEnvironment } from '../apps/cli/bin/run-pinned.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'bench');
const [name, ...rest] = process.argv.slice(2);
const known = readdirSync(folder).filter((file) => file.endsWith('.bench.ts'));
const file = join(folder, `${name}.bench.ts`);
if (name === undefined || !existsSync(file)) {
  const names = known.map((entry) => entry.replace('.bench.ts', '')).join(', ');
  process.stderr.write(`Name a bench: npm run bench -- <name>, one of: ${names}\n`);
  process.exit(2);
}
await ensureInstalled(root);
const child = spawn(pinnedNode(), [file, ...rest], {
  cwd: root,
  env: { ...process.env, ...runtimeEnvironment },
  // By the channel it notices that we were killed (bench/end-with-parent.ts).
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
