import type { LockedFolder } from '../data-folder.ts';
import type { Closers } from './closers.ts';
import type { Failures } from './failure.ts';
import type { Restarts } from './restarts.ts';
import type { StartOptions } from './start-options.ts';

/** What every step of a start needs. */
export interface StartContext {
  readonly options: StartOptions;
  readonly folder: LockedFolder;
  readonly closers: Closers;
  readonly failures: Failures;
  readonly restarts: Restarts;
}
