/** Nobody answered, or something in between that does not speak GraphQL: worth asking again. */
export class ApiDown extends Error {}

/** The API answered that it will not answer this: asking the same again gives the same. */
export class QueryRefused extends Error {}

/**
 * Asks one GraphQL question. Throws ApiDown, or QueryRefused when any field of it was refused: the API answers the others all
 * the same, but what a part of the page shows stands or falls together. An abort passes through as the signal's reason.
 */
export async function ask<Answer>(document: string, variables: object, signal: AbortSignal): Promise<Answer> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
    },
    body: JSON.stringify({ query: document, variables }),
    signal,
  }).catch((cause: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw new ApiDown('the API does not answer', { cause });
  });
  const body: unknown = await response.json().catch((cause: unknown) => {
    if (signal.aborted) throw signal.reason;
    throw new ApiDown(`the API answered ${response.status} without JSON`, { cause });
  });
  const { data, errors } = envelope(body);
  if (errors.length > 0) throw new QueryRefused(errors.join('; '));
  if (data === undefined) throw new ApiDown(`the API answered ${response.status} without data`);
  // The document was validated against the schema in a test, and the server validates its answers.
  return data as Answer;
}

function envelope(body: unknown): { data: object | undefined; errors: string[] } {
  if (typeof body !== 'object' || body === null) return { data: undefined, errors: [] };
  const { data, errors } = body as { data?: unknown; errors?: unknown };
  return {
    data: typeof data === 'object' && data !== null ? data : undefined,
    errors: Array.isArray(errors) ? errors.map(messageOf) : [],
  };
}

const messageOf = (error: { message?: unknown } | null) =>
  String(error?.message ?? 'an error without a message');
