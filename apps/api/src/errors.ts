import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { unwrapResolverError } from '@apollo/server/errors';
import { LostThreadError } from '@undertow/engine-pool';
import { BadDataError, RetryableError } from '@undertow/units';

/** An argument that cannot be answered; the message says what would be. */
export function inputError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** A subscription in a plain request, which has room for one answer. */
export function overHttpError(): GraphQLError {
  return new GraphQLError('subscriptions go over WebSocket (graphql-transport-ws) at /graphql', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}

/** No more sweeps run at a time. */
export function tooManySweepsError(most: number): GraphQLError {
  return new GraphQLError(
    `${most} sweeps run already: cancel one, or wait until one is done (sweeps says which there are).`,
    { extensions: { code: 'TOO_MANY_SWEEPS' } },
  );
}

/** There is no sweep of that id. */
export const sweepNotFoundError = (id: string): GraphQLError =>
  inputError(`There is no sweep ${JSON.stringify(id.slice(0, 80))}: sweeps says which there are.`);

/** No more advices run at a time. */
export function tooManyAdvicesError(most: number): GraphQLError {
  return new GraphQLError(
    `${most} runs of advices go on already: cancel one, or wait until one is done (adviceRuns says which there are).`,
    { extensions: { code: 'TOO_MANY_ADVICES' } },
  );
}

/** There is no run of advices of that id. */
export const adviceNotFoundError = (id: string): GraphQLError =>
  inputError(
    `There is no run of advices ${JSON.stringify(id.slice(0, 80))}: adviceRuns says which there are.`,
  );

/** No more reports are made at a time. */
export function tooManyReportsError(most: number): GraphQLError {
  return new GraphQLError(
    `${most} reports are being made already: cancel one, or wait until one is done (reportRuns says which there are).`,
    { extensions: { code: 'TOO_MANY_REPORTS' } },
  );
}

/** There is no making of a report of that id. */
export const reportRunNotFoundError = (id: string): GraphQLError =>
  inputError(
    `There is no making of a report ${JSON.stringify(id.slice(0, 80))}: reportRuns says which there are.`,
  );

/** There is no report of that id. */
export const reportNotFoundError = (id: string): GraphQLError =>
  inputError(
    `There is no report ${JSON.stringify(id.slice(0, 80))} here: reports says which there are. A report's id has 64 digits, 0 to 9 and a to f.`,
  );

/** Stored facts are known not to match the chain, so no number may be given. */
export function untrustedError(reason: string): GraphQLError {
  return new GraphQLError(`The stored facts do not match the chain: ${reason}`, {
    extensions: { code: 'UNTRUSTED' },
  });
}

/** Milliseconds after which a client may ask again when the chain has gone back: going on from a saved ledger takes less. */
const RETRY_AFTER_MS = 1_000;

/** The block that is asked for is no longer on the chain, and its place is not taken yet. */
export function reorganisedError(block: number, above: number): GraphQLError {
  return new GraphQLError(
    `The chain went back to block ${above}: block ${block} is no longer what it was, and what is true now is being ` +
      'made ready. Ask again in a second.',
    { extensions: { code: 'REORGANISED', retryAfterMs: RETRY_AFTER_MS } },
  );
}

/** The block at which a list was made is no longer there. */
export function cursorGoneError(block: number, name: 'after' | 'before'): GraphQLError {
  return new GraphQLError(
    `${name} is of block ${block}, which is not stored any more: the chain went back behind it, or it was dropped. Begin again ` +
      `without ${name}.`,
    { extensions: { code: 'CURSOR_GONE' } },
  );
}

/** Facts were dropped by age, and what stands for them cannot be used: a person must act. */
export function droppedError(reason: string): GraphQLError {
  return new GraphQLError(reason, { extensions: { code: 'DROPPED' } });
}

/** Whoever asked closed the connection: nobody gets to see this. */
export function leftError(): GraphQLError {
  return new GraphQLError('The connection was closed before the answer was there.', {
    extensions: { code: 'LEFT' },
  });
}

/** Nothing is indexed yet: ask again soon. */
export function notReadyError(): GraphQLError {
  return new GraphQLError(
    'Nothing is indexed yet. Ask again in a moment; status.head says when there is a block.',
    {
      extensions: { code: 'NOT_READY' },
    },
  );
}

/**
 * What a client sees of an error: its own mistakes in full, ours as one sentence. `report` gets ours with their
 * cause, for the log.
 */
export function presentError(
  formatted: GraphQLFormattedError,
  error: unknown,
  report: (cause: unknown) => void,
): GraphQLFormattedError {
  const { stacktrace: _stacktrace, ...extensions } = formatted.extensions ?? {};
  const cause = unwrapResolverError(error);
  if (cause instanceof GraphQLError || (extensions['code'] ?? INTERNAL) !== INTERNAL)
    return { ...formatted, extensions };
  report(cause);
  return { ...formatted, ...toldOf(cause) };
}

const INTERNAL = 'INTERNAL_SERVER_ERROR';

/** Messages of our own classes are written for people, but those about the database may hold its address. */
function toldOf(cause: unknown): Pick<GraphQLFormattedError, 'message' | 'extensions'> {
  if (cause instanceof RetryableError)
    return {
      message: 'The database does not answer now; ask again in a moment.',
      extensions: { code: 'UNAVAILABLE' },
    };
  if (cause instanceof LostThreadError)
    return { message: cause.message, extensions: { code: 'THREAD_LOST' } };
  if (cause instanceof BadDataError) return { message: cause.message, extensions: { code: 'BAD_DATA' } };
  return {
    message: 'Something went wrong while answering; the log of the API has the cause.',
    extensions: { code: INTERNAL },
  };
}
