/** Options that do not fit together, or a file that is not what it should be: the user's to correct, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a person reads of an error: its message; with `verbose` the stack and the causes too. */
export function explainError(error: unknown, verbose: boolean): string {
  if (!(error instanceof Error)) return `undertow: ${String(error)}`;
  if (verbose) return `undertow: ${error.stack ?? error.message}${causeText(error)}`;
  return `undertow: ${error.message || error.name}`;
}

function causeText(error: Error): string {
  return error.cause instanceof Error
    ? `\nCaused by: ${error.cause.stack ?? error.cause.message}${causeText(error.cause)}`
    : '';
}
