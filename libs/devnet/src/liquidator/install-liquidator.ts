import type { Hex } from 'viem';
import type { Site } from '../deploy/site.ts';
import { deploy } from '../deploy/site.ts';

/** Gives the liquidator, whom venues know by its address from the start, the code by which it acts. */
export async function installLiquidator(site: Site): Promise<void> {
  const model = await deploy(site, 'Liquidator');
  const code = await site.chain.rpc<Hex>('eth_getCode', [model.address, 'latest']);
  await site.chain.rpc('anvil_setCode', [site.actors.liquidator, code]);
}
