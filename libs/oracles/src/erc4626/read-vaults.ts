import { readWords, type CallReader, type SnapshotPoint } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX, vaultRatioWad, type Address, type Fact } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { vaultViews } from './abi.ts';
import type { Erc4626Deployment } from './deployments.ts';

/** What a vault says at one block. */
export interface SaidVault {
  /** The share's token. */
  readonly vault: Address;
  /** What one whole share is worth, raw units of the asset; undefined = it does not say. */
  readonly assets: bigint | undefined;
  /** With part 0. */
  readonly fact: Fact;
}

/** Ratios of all vaults at the end of a block, in their order. */
export async function readVaults(
  { id: source, vaults }: Erc4626Deployment,
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly SaidVault[]> {
  const results = await readWords(
    reader,
    at.block,
    vaults.map(({ address, decimals }) => {
      const args = [10n ** BigInt(decimals)] as const;
      return {
        to: address,
        data: encodeFunctionData({ abi: vaultViews, functionName: 'convertToAssets', args }),
      };
    }),
  );
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
  return vaults.map(({ address: vault, asset, assetDecimals }, i): SaidVault => {
    const word = results[i]?.[0];
    const assets = word === undefined ? undefined : BigInt.asIntN(256, word);
    if (assets !== undefined && assets > 0n) {
      const ratioWad = vaultRatioWad(assets, assetDecimals);
      return { vault, assets, fact: { ...key, kind: 'RatioPosted', asset: vault, of: asset, ratioWad } };
    }
    const reason = silenceOf(vault);
    return { vault, assets, fact: { ...key, kind: 'Quarantined', source, reason, topics: [], data: '0x' } };
  });
}

export const silenceOf = (vault: Address) => `the vault ${vault} does not say what a share is worth`;
