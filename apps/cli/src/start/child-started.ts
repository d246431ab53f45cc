import { ConfigError } from '@undertow/units';
import { lastLines, type ChildApp } from '../child-app.ts';
import type { StartContext } from './start-context.ts';

/**
 * Waits until a program says that it is ready, and watches it from then on. Throws ConfigError with the last lines of
 * its log when it ends before.
 */
export async function childStarted(
  { closers, failures }: StartContext,
  app: ChildApp,
): Promise<Readonly<Record<string, unknown>>> {
  closers.add(app.name, app.stop);
  const { name, logFile } = app;
  const advice = 'Start again; "undertow doctor" checks the set-up.';
  void app.ended.then((how) => failures.report({ name, how, logFile, advice }));
  try {
    return await app.ready;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`${message}. Last lines of ${logFile}:\n${lastLines(logFile)}`, { cause });
  }
}
