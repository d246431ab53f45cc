import { openRpc } from '@undertow/chain';
import { knownNetwork } from '../start/known-network.ts';
import { bad, good, type Check, type Finding } from './check.ts';

/** One check per endpoint: it answers, and for the chain that is wanted. */
export function endpointChecks(urls: readonly string[], chainId: number): Check[] {
  return urls.map((url, index) => async (): Promise<Finding> => {
    const name = `Endpoint ${index + 1}`;
    try {
      const { name: network } = knownNetwork(chainId);
      const rpc = await openRpc({ urls: [url], chainId, retries: 1, timeoutMs: 10_000 });
      const head = await rpc.getBlock('latest').finally(() => rpc.close());
      return good(name, `${network}, block ${head?.number ?? '?'}`);
    } catch (error) {
      return bad(name, error instanceof Error ? error.message : String(error));
    }
  });
}
