// Makes the installation complete and does nothing else: the first step of `npm run check` and of CI.
import { ensureInstalled } from './ensure-install.mjs';
import { projectRoot } from '../apps/cli/bin/run-pinned.mjs';

try {
  await ensureInstalled(projectRoot);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
