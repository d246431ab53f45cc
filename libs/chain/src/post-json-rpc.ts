import { classifyRpcError, RpcFault } from './rpc-fault.ts';
import { addressOf, withoutSecretsIn } from './secret-url.ts';

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** Where and how long to ask. */
export interface PostOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** Ends the request early. */
  readonly signal: AbortSignal;
}

/** A result, or the fault that the endpoint reported for that call alone. */
export type RpcAnswer = Readonly<{ result: unknown }> | RpcFault;

/** Answers of a batch in the order of its calls. */
export type RpcAnswers = readonly RpcAnswer[];

/** About 20,000 logs: an answer beyond that is a range chosen too wide, and would only cost memory. */
const MAX_ANSWER_BYTES = 16_000_000;

/**
 * Posts calls as one JSON-RPC batch (a lone call as a plain request). Throws an `RpcFault` when the answer as a whole
 * is missing, cut, or not the answer to what was asked. No fault repeats what the address keeps secret, though endpoints and `fetch` do.
 */
export async function postJsonRpc(calls: readonly RpcCall[], options: PostOptions): Promise<RpcAnswers> {
  const { url } = options;
  try {
    const answers = await askRpc(calls, options);
    return answers.map((answer) => (answer instanceof RpcFault ? withoutSecretsIn(answer, url) : answer));
  } catch (error) {
    throw error instanceof RpcFault ? withoutSecretsIn(error, url) : error;
  }
}

async function askRpc(calls: readonly RpcCall[], options: PostOptions): Promise<RpcAnswers> {
  const requests = calls.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }));
  const { status, text, retryAfterMs } = await post(
    JSON.stringify(calls.length === 1 ? requests[0] : requests),
    options,
  );
  const answer = parse(text, status, retryAfterMs);
  if (Array.isArray(answer)) return inOrder(answer, calls);
  if (isObject(answer) && isObject(answer['error']) && (calls.length > 1 || status !== 200)) {
    const fault = faultOf(answer['error'], retryAfterMs);
    // A lone call's own error (a revert sent with status 400) is its answer.
    if (calls.length > 1 || fault.kind === 'busy') throw fault;
    return [fault];
  }
  if (status !== 200) throw httpFault(status, text, retryAfterMs);
  return inOrder([answer], calls);
}

interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

async function post(body: string, { url, timeoutMs, signal }: PostOptions): Promise<HttpAnswer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const address = addressOf(url);
    const response = await fetch(address.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...address.headers },
      body,
      signal: AbortSignal.any([timeout, signal]),
    });
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const retryAfterMs = Number.isFinite(seconds) ? seconds * 1_000 : undefined;
    return { status: response.status, text: await readText(response), retryAfterMs };
  } catch (error) {
    if (error instanceof RpcFault) throw error;
    // Closed by our own side: no fault of the endpoint.
    signal.throwIfAborted();
    if (timeout.aborted)
      throw new RpcFault('unreachable', `no whole answer within ${timeoutMs} ms`, { cause: error });
    throw new RpcFault('unreachable', describe(error), { cause: error });
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel();
      throw new RpcFault('range', `the answer is larger than ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code =
    error.cause instanceof Error ? ((error.cause as NodeJS.ErrnoException).code ?? error.cause.message) : '';
  return code === '' ? error.message : `${error.message} (${code})`;
}

function parse(text: string, status: number, retryAfterMs: number | undefined): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (status !== 200) throw httpFault(status, text, retryAfterMs);
    throw new RpcFault('lie', `cut or invalid JSON of ${text.length} characters`, { cause: error });
  }
}

function httpFault(status: number, text: string, retryAfterMs: number | undefined): RpcFault {
  const message = `HTTP ${status}: ${text.slice(0, 200).trim() || 'empty answer'}`;
  if (status === 429) return new RpcFault('busy', message, { retryAfterMs });
  if (status === 413) return new RpcFault('range', message);
  if (status === 401 || status === 403 || status === 404) return new RpcFault('refused', message);
  return new RpcFault('unreachable', message, { retryAfterMs });
}

function inOrder(answers: readonly unknown[], calls: readonly RpcCall[]): RpcAnswers {
  const byId = new Map<unknown, Record<string, unknown>>();
  for (const answer of answers) {
    if (!isObject(answer)) throw new RpcFault('lie', 'an answer in the batch is not an object');
    if (byId.has(answer['id'])) throw new RpcFault('lie', `two answers with the id ${String(answer['id'])}`);
    byId.set(answer['id'], answer);
  }
  if (byId.size !== calls.length) throw new RpcFault('lie', `${byId.size} answers to ${calls.length} calls`);
  return calls.map(({ method }, id) => {
    const answer = byId.get(id);
    if (answer === undefined) throw new RpcFault('lie', `no answer with the id ${id}, asked for ${method}`);
    if (isObject(answer['error'])) return faultOf(answer['error'], undefined);
    if (!('result' in answer))
      throw new RpcFault('lie', `an answer to ${method} with neither result nor error`);
    return { result: answer['result'] };
  });
}

function faultOf(error: Record<string, unknown>, retryAfterMs: number | undefined): RpcFault {
  const code = typeof error['code'] === 'number' ? error['code'] : 0;
  const message = typeof error['message'] === 'string' ? error['message'] : JSON.stringify(error);
  return new RpcFault(classifyRpcError(code, message), `${message.slice(0, 300)} (code ${code})`, {
    retryAfterMs,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
