import { ConfigError } from '@undertow/units';
import { lastLines, type ChildApp } from '../child-app.ts';
import type { StartContext } from './start-context.ts';

/** Waits until a program says that it is ready. Throws ConfigError with the last lines of its log when it ends before. */
export async function childStarted(
  { closers }: StartContext,
  app: ChildApp,
): Promise<Readonly<Record<string, unknown>>> {
  closers.add(app.name, app.stop);
  const { logFile } = app;
  try {
    return await app.ready;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${message}. Last lines of ${logFile}:\n${lastLines(logFile)}`, { cause });
  }
}

/** What to do about a program of ours that does not come up. */
export const CHILD_ADVICE = 'Start again; "undertow doctor" checks the set-up.';
