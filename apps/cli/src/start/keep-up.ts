import { setTimeout as delay } from 'node:timers/promises';
import { RestartLimit } from '@undertow/supervise';
import { errorText } from '../error-text.ts';
import type { StartContext } from './start-context.ts';

/** A part that runs. */
export interface Part {
  /** Resolves with what happened, to follow the name ("ended with exit code 1"), when it has ended. */
  readonly ended: Promise<string>;
}

/** A part that is started again when it ends. */
export interface KeptUp<P extends Part> {
  /** As people read it: "The indexer". */
  readonly name: string;
  readonly logFile?: string;
  /** What to do when it does not come up any more. */
  readonly advice: string;
  /** Starts it; `again` is absent the first time, and how it ended after that. */
  readonly start: (again?: string) => Promise<P>;
}

/**
 * Starts a part, and again whenever it ends though nobody asked it to, with longer pauses from one failed start to the next. What cannot
 * be mended so is a failure, which ends everything. Each new start is told. The first start that fails is the caller's.
 */
export async function keepUp<P extends Part>(context: StartContext, part: KeptUp<P>): Promise<P> {
  const first = await part.start();
  void watch(context, part, first);
  return first;
}

async function watch<P extends Part>(context: StartContext, part: KeptUp<P>, first: P): Promise<void> {
  const limit = new RestartLimit();
  let running: P | undefined = first;
  let how = '';
  for (;;) {
    if (running) how = await running.ended;
    if (context.closers.isClosing) return;
    const waitMs = limit.next(performance.now());
    if (waitMs === undefined) return fail(context, part, how);
    context.restarts.note(part.name, how);
    await delay(waitMs);
    if (context.closers.isClosing) return;
    try {
      running = await part.start(how);
      limit.cameUp();
    } catch (error) {
      limit.failed();
      running = undefined;
      how = `did not come up again: ${errorText(error)}`;
    }
  }
}

function fail<P extends Part>(
  { failures }: StartContext,
  { name, logFile, advice }: KeptUp<P>,
  how: string,
): void {
  failures.report({
    name,
    how: `${how}, again and again`,
    advice,
    ...(logFile === undefined ? {} : { logFile }),
  });
}
