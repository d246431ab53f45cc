import type { Hex } from 'viem';
import type { Artifacts } from '../artifacts/ensure-artifacts.ts';
import type { ContractName } from '../artifacts/sets/index.ts';
import type { Bundles } from '../evm/bundles.ts';
import type { Chain } from '../evm/chain.ts';
import { encodeCall, type Contract } from '../evm/contract.ts';
import type { Actors } from '../scene.ts';

/** Where deployment happens: the chain, what can be deployed, and who does it. */
export interface Site {
  readonly chain: Chain;
  readonly artifacts: Artifacts;
  readonly actors: Actors;
  /** For many calls of which no receipts are needed: several times as fast as `chain.send`. */
  readonly bundles: Bundles;
}

export function deploy(
  { chain, artifacts, actors }: Site,
  name: ContractName,
  args: readonly unknown[] = [],
  libraries: Record<string, Hex> = {},
): Promise<Contract> {
  return chain.deploy(artifacts[name], args, actors.deployer, libraries);
}

export interface Step {
  readonly contract: Contract;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** Default: the deployer. */
  readonly from?: Hex;
  readonly gas?: bigint;
}

/** Sends steps in their order, in as few blocks as possible. */
export async function perform({ chain, actors }: Site, steps: readonly Step[]): Promise<void> {
  await chain.send(
    steps.map(({ contract, functionName, args, from = actors.deployer, gas = 10_000_000n }) => ({
      from,
      to: contract.address,
      data: encodeCall(contract.abi, functionName, args),
      gas,
    })),
    { perBlock: 100 },
  );
}

export const ZERO_ADDRESS = '0x0000000000000000000000000000000000000000';
export const MAX_UINT256 = 2n ** 256n - 1n;
