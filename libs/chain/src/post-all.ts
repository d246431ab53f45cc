import type { Endpoint } from './endpoints.ts';
import type { RpcAnswer, RpcAnswers, RpcCall } from './post-json-rpc.ts';
import { RpcFault } from './rpc-fault.ts';

/** Two requests under way keep a node busy while we parse; more would only fill its queue. */
const PARALLEL = 2;

/** Posts calls in batches of at most `batchSize`; answers come in the order of the calls. */
export async function postAll(
  endpoint: Endpoint,
  calls: readonly RpcCall[],
  batchSize: number,
): Promise<RpcAnswers> {
  const chunks: (readonly RpcCall[])[] = [];
  for (let at = 0; at < calls.length; at += batchSize) chunks.push(calls.slice(at, at + batchSize));
  const answers: (readonly RpcAnswer[])[] = Array.from({ length: chunks.length });
  let next = 0;
  const work = async () => {
    for (let i = next++; i < chunks.length; i = next++)
      answers[i] = await postHalving(endpoint, chunks[i] as RpcCall[]);
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, chunks.length) }, work));
  return answers.flat();
}

/** Some endpoints take few calls a batch, or none. */
async function postHalving(endpoint: Endpoint, calls: readonly RpcCall[]): Promise<RpcAnswers> {
  try {
    return await endpoint.post(calls);
  } catch (error) {
    if (!(error instanceof RpcFault) || error.kind !== 'batch' || calls.length === 1) throw error;
    const half = Math.ceil(calls.length / 2);
    const first = await postHalving(endpoint, calls.slice(0, half));
    return [...first, ...(await postHalving(endpoint, calls.slice(half)))];
  }
}
