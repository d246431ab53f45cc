import { BadDataError } from '@undertow/units';
import { readableText } from './readable-text.ts';

/** Options that do not fit together, or a file that is not what it should be: the user's to correct, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Does what goes by a user's words or file, so that what is wrong with those is the user's to correct.
 *
 * @param what said before the words of the error, such as which file it is about.
 * @throws UsageError for BadDataError, in its words.
 */
export function asUsage<Result>(work: () => Result, what = ''): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof BadDataError) throw new UsageError(`${what}${cause.message}`, { cause });
    throw cause;
  }
}

/** As `asUsage`, for work that takes its time. */
export async function asUsageLater(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    asUsage(() => {
      throw error;
    });
  }
}

/** What a person reads of an error: its message; with `verbose` the stack and the causes too. */
export function explainError(error: unknown, verbose: boolean): string {
  return readableText(`undertow: ${wordsOf(error, verbose)}`);
}

function wordsOf(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (verbose) return `${error.stack ?? error.message}${causeText(error)}`;
  return error.message || error.name;
}

function causeText(error: Error): string {
  return error.cause instanceof Error
    ? `\nCaused by: ${error.cause.stack ?? error.cause.message}${causeText(error.cause)}`
    : '';
}
