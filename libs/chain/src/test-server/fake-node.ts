import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeChain } from './fake-chain.ts';

export interface FakeRequest {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What an answer becomes. `undefined` leaves it as it is. */
export type Fault =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | { readonly result: (honest: unknown) => unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  /** Sends that part of the text, then ends the answer as if whole (`end`), or drops the connection (`drop`). */
  | { readonly cut: number; readonly how: 'end' | 'drop' }
  | { readonly wrongId: true }
  | { readonly hang: true };

export interface FakeNode {
  readonly url: string;
  /** Everything asked, in order. */
  readonly asked: FakeRequest[];
  /** Decides about every single call; the first fault that concerns the HTTP answer decides about the batch. */
  fault: (request: FakeRequest, nth: number) => Fault | undefined;
  close(): Promise<void>;
}

/** A JSON-RPC node on loopback that tells what `chain` says, and lies as told. */
export async function startFakeNode(chain: FakeChain): Promise<FakeNode> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => respond(node, chain, { text: Buffer.concat(chunks).toString(), response }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const node: FakeNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    fault: () => undefined,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return node;
}

interface Exchange {
  readonly text: string;
  readonly response: ServerResponse;
}

function respond(node: FakeNode, chain: FakeChain, { text, response }: Exchange): void {
  const body = JSON.parse(text) as (FakeRequest & { id: number }) | (FakeRequest & { id: number })[];
  const requests = Array.isArray(body) ? body : [body];
  let whole: Fault | undefined;
  const answers = requests.map((request) => {
    node.asked.push(request);
    const nth = node.asked.filter(({ method }) => method === request.method).length;
    const fault = node.fault(request, nth);
    if (fault && ('status' in fault || 'cut' in fault || 'hang' in fault)) whole ??= fault;
    return answer(chain, request, fault);
  });
  const json = JSON.stringify(Array.isArray(body) ? answers : answers[0]);
  if (whole && 'hang' in whole) return;
  if (whole && 'status' in whole) {
    response.writeHead(whole.status, whole.headers).end(whole.body ?? '');
    return;
  }
  if (whole && 'cut' in whole) {
    const part = json.slice(0, Math.floor(json.length * whole.cut));
    response.setHeader('content-length', whole.how === 'end' ? part.length : json.length);
    if (whole.how === 'end') response.end(part);
    else response.write(part, () => response.destroy());
    return;
  }
  response.end(json);
}

function answer(
  chain: FakeChain,
  { id, method, params }: FakeRequest & { id: number },
  fault: Fault | undefined,
) {
  if (fault && 'error' in fault) return { jsonrpc: '2.0', id, error: fault.error };
  const honest = chain.answer(method, params);
  const result = fault && 'result' in fault ? fault.result(honest) : honest;
  return { jsonrpc: '2.0', id: fault && 'wrongId' in fault ? id + 77 : id, result };
}
