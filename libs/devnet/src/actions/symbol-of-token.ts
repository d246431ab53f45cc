import type { Hex } from 'viem';
import type { AssetSymbol } from '../deploy/listing.ts';
import type { Scene } from '../scene.ts';

/** The listed asset that a token is, whatever the case of its address. */
export function symbolOfToken(scene: Scene, token: Hex): AssetSymbol {
  const assets = Object.values(scene.contracts.assets);
  const asset = assets.find((candidate) => candidate.token === token.toLowerCase());
  if (!asset) throw new Error(`bug: ${token} is not a listed token of the local chain`);
  return asset.symbol;
}
