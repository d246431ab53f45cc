import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project that this command belongs to. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where data is kept unless `--data` says otherwise. */
export const DEFAULT_DATA = resolve(PROJECT_ROOT, '.undertow');

/** Description of `--data`, the same in every command. */
export const DATA_HELP =
  'folder of the database, logs and saved chain (default: .undertow in the project, where downloaded bytecode stays)';
