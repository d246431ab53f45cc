import { RetryableError } from '@undertow/units';

export interface RpcCall {
  readonly method: string;
  readonly params?: readonly unknown[];
}

/** JSON-RPC over HTTP to our own node. */
export interface JsonRpc {
  rpc<Result = unknown>(method: string, params?: readonly unknown[]): Promise<Result>;
  /** Results in the order of the calls. The node runs a batch concurrently. Throws when one of them fails; the cause is the node's error. */
  batch<Result = unknown>(calls: readonly RpcCall[]): Promise<Result[]>;
  /** As `batch`, with `undefined` for a call that failed (a view that reverts). */
  tryBatch<Result = unknown>(calls: readonly RpcCall[]): Promise<(Result | undefined)[]>;
}

/** Calls per HTTP request: larger ones gain nothing and hold much text in memory. */
const BATCH_SIZE = 500;

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export function openJsonRpc(url: string): JsonRpc {
  async function answers(calls: readonly RpcCall[]): Promise<Answer[]> {
    const all: Answer[] = [];
    for (let start = 0; start < calls.length; start += BATCH_SIZE) {
      const part = calls.slice(start, start + BATCH_SIZE);
      const byId = new Map((await post(url, part)).map((answer) => [answer.id, answer]));
      for (const [id, { method }] of part.entries()) {
        const answer = byId.get(id);
        if (!answer) throw new RetryableError(`The local chain gave no answer to ${method}.`);
        all.push(answer);
      }
    }
    return all;
  }
  async function batch<Result>(calls: readonly RpcCall[]): Promise<Result[]> {
    return (await answers(calls)).map(({ error, result }, index) => {
      if (error) throw new Error(`${calls[index]?.method}: ${error.message}`, { cause: error });
      return result as Result;
    });
  }
  return {
    batch,
    async tryBatch<Result>(calls: readonly RpcCall[]) {
      return (await answers(calls)).map(({ error, result }) => (error ? undefined : (result as Result)));
    },
    async rpc<Result>(method: string, params: readonly unknown[] = []) {
      const [result] = await batch<Result>([{ method, params }]);
      return result as Result;
    },
  };
}

async function post(url: string, calls: readonly RpcCall[]): Promise<Answer[]> {
  const body = calls.map(({ method, params = [] }, id) => ({ jsonrpc: '2.0', id, method, params }));
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Answer[];
  } catch (cause) {
    throw new RetryableError(`The local chain at ${url} does not answer; it may have been stopped.`, {
      cause,
    });
  }
}
