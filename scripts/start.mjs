// What `npm start` runs: makes the installation complete, then `undertow start` under the pinned Node.
import { ensureInstalled } from './ensure-install.mjs';
import { projectRoot, runPinned } from '../apps/cli/bin/run-pinned.mjs';

try {
  await ensureInstalled(projectRoot);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
process.exitCode = await runPinned(['start', ...process.argv.slice(2)]);
