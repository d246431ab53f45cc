import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Devnet } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';
import type { TradedTokens, WatchedNetwork } from '../../apps/cli/src/start/known-network.ts';

const MULTICALL3 = '0xca11bde05977b3631167028862be2a173976ca11';

/** Puts Multicall3 where every public network has it, for the local chain has none. */
export async function addMulticall3(devnet: Devnet): Promise<void> {
  const file = join(import.meta.dirname, '../../node_modules/viem/constants/contracts.ts');
  const creation = /multicall3Bytecode =\s+'(0x[0-9a-f]+)'/.exec(readFileSync(file, 'utf8'))?.[1];
  if (creation === undefined) throw new Error('viem does not have the code of Multicall3 where it was');
  const code = await devnet.rpc<Hex>('eth_call', [{ data: creation }, 'latest']);
  await devnet.rpc('anvil_setCode', [MULTICALL3, code]);
}

/** The local chain as a public one would be known: from a snapshot, no feeds and no vaults given, pools to be found. */
export function posedNetwork(devnet: Devnet): {
  readonly network: WatchedNetwork;
  readonly traded: TradedTokens;
} {
  const deployments = devnet.network.deployments.flatMap((deployment): WatchedNetwork['deployments'] => {
    if (deployment.adapter === 'chainlink' || deployment.adapter === 'erc4626') return [];
    if (deployment.adapter === 'uniswap-v3') return [{ ...deployment, pools: [] }];
    if (deployment.adapter === 'price-sources') return [{ adapter: deployment.adapter, id: deployment.id }];
    const isLending = deployment.adapter === 'aave-v3' || deployment.adapter === 'morpho-blue';
    return [isLending ? { ...deployment, readsHoldings: true } : deployment];
  });
  const token = ({ token }: { readonly token: string }) => token as Address;
  const { USDC, WETH } = devnet.contracts.assets;
  return {
    network: { ...devnet.network, name: 'posed', bootstrap: 'snapshot', finalityDepth: 3, deployments },
    traded: {
      tokens: Object.values(devnet.contracts.assets).map(token),
      quotes: [token(USDC), token(WETH)],
    },
  };
}
