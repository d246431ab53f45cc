import { parseEventLogs, toEventSelector, type Hex, type Log } from 'viem';
import type { VenueScene } from '../venue-scene.ts';
import { perpContracts } from './accounts.ts';

const SETTLED = toEventSelector('BadDebtSettled(address,uint256)');

/** Sum of all debt of accounts with nothing left that the insurance fund took over (`Vault.settleBadDebt`), USD. */
export async function settledBadDebtUsd(devnet: VenueScene): Promise<number> {
  const { vault } = perpContracts(devnet);
  const filter = { address: vault.address, topics: [SETTLED], fromBlock: '0x0', toBlock: 'latest' };
  const logs = await devnet.chain.rpc<readonly { readonly data: Hex }[]>('eth_getLogs', [filter]);
  const settled = parseEventLogs({ abi: vault.abi, logs: logs as unknown as Log[] });
  return settled.reduce((sum, { args }) => {
    const { amount } = args as unknown as { amount: bigint };
    return sum + Number(amount) / 1e6;
  }, 0);
}
