import {
  answerFacts,
  readWords,
  type CallReader,
  type Read,
  type SnapshotPoint,
  type Words,
} from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX, vaultRatioWad, type Address, type Fact, type FactKey } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { vaultViews } from './abi.ts';
import type { Erc4626Deployment, Erc4626Vault } from './deployments.ts';

/** What a vault or an adapter says at one block. */
export interface Said {
  /** The share's token or the feed. */
  readonly about: string;
  /** The raw answer; undefined = none. */
  readonly answer: bigint | undefined;
  /** With parts from 0. */
  readonly facts: readonly Fact[];
}

/** Ratios of all vaults and answers of all their feeds at the end of a block, in a fixed order. */
export async function readVaults(
  { id, vaults }: Erc4626Deployment,
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Said[]> {
  const asked = vaults.flatMap((vault) => questions(id, vault));
  const results = await readWords(
    reader,
    at.block,
    asked.map(({ read }) => read),
  );
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
  return asked.map(({ about, say }, i) => {
    const answer = signedWord(results[i]);
    return { about, answer, facts: say(key, answer) };
  });
}

interface Question {
  readonly about: string;
  readonly read: Read;
  readonly say: (key: FactKey, answer: bigint | undefined) => readonly Fact[];
}

function questions(source: string, vault: Erc4626Vault): Question[] {
  const { address, decimals, asset, assetDecimals, feeds } = vault;
  const args = [10n ** BigInt(decimals)] as const;
  const convert = encodeFunctionData({ abi: vaultViews, functionName: 'convertToAssets', args });
  const ratio: Question = {
    about: address,
    read: { to: address, data: convert },
    say: (key, assets) => {
      if (assets !== undefined && assets > 0n) {
        const ratioWad = vaultRatioWad(assets, assetDecimals);
        return [{ ...key, kind: 'RatioPosted', asset: address, of: asset, ratioWad }];
      }
      const reason = `the vault ${address} does not say what a share is worth`;
      return [{ ...key, kind: 'Quarantined', source, reason, topics: [], data: '0x' }];
    },
  };
  const latest = encodeFunctionData({ abi: vaultViews, functionName: 'latestAnswer' });
  const prices = feeds.map(({ id: feed, description: name }): Question => ({
    about: feed,
    read: { to: feed as Address, data: latest },
    say: (key, answer) => {
      // Such a contract has no rounds: numbered by block.
      const [round, updatedAt] = [BigInt(key.block), BigInt(key.time)];
      return answerFacts(key, { source, feed, name, answer, round, updatedAt });
    },
  }));
  return [ratio, ...prices];
}

function signedWord(words: Words): bigint | undefined {
  const word = words?.[0];
  return word === undefined ? undefined : BigInt.asIntN(256, word);
}
