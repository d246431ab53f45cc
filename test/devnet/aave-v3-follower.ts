import {
  addReference,
  applyFacts,
  emptyLedger,
  pooledVenue,
  readPooledAccount,
  type Ledger,
} from '@undertow/book';
import { openRpc, readRange, type LogSource, type Rpc } from '@undertow/chain';
import type { Devnet } from '@undertow/devnet';
import { pooledAccountData, type Address, type Hex, type PooledAccountData } from '@undertow/market';
import { openVenue, type AaveV3Deployment } from '@undertow/venues';
import { decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';

const abi = parseAbi([
  'function getUserAccountData(address user) view returns (uint256, uint256, uint256, uint256, uint256, uint256)',
  'function getAssetPrice(address asset) view returns (uint256)',
]);

const NO_DEBT = 2n ** 256n - 1n;

/** Follows the Aave market of a devnet by its logs, with the prices that its oracle gives at the head. */
export interface Follower {
  readonly rpc: Rpc;
  readonly deployment: AaveV3Deployment;
  readonly source: LogSource;
  readonly ledger: Ledger;
  readonly head: { readonly block: number; readonly time: number };
  catchUp(): Promise<void>;
  /** Our account data at the head. */
  ours(owner: Address): PooledAccountData;
  /** The protocol's, by `getUserAccountData` at the head. */
  theirs(owners: readonly Address[]): Promise<PooledAccountData[]>;
  /** A ledger made of a snapshot by calls at the head, not of logs. */
  snapshot(owners: readonly Address[]): Promise<Ledger>;
}

/**
 * @param id which of the devnet's Aave markets.
 * @param pricedBeside addresses that the oracle prices by other feeds than the devnet's own.
 */
export async function followAave(
  devnet: Devnet,
  id: string,
  pricedBeside: ReadonlyMap<Address, string> = new Map(),
): Promise<Follower> {
  const found = devnet.network.deployments.find((deployment) => deployment.id === id);
  const deployment = found as AaveV3Deployment;
  const rpc = await openRpc({ chainId: devnet.network.chainId, urls: [devnet.url] });
  const source = openVenue(deployment);
  const ledger = emptyLedger();
  let head = { block: -1, time: 0 };

  const call = async (
    to: Address,
    functionName: 'getUserAccountData' | 'getAssetPrice',
    args: readonly Address[],
  ) => {
    const data = args.map((arg) => encodeFunctionData({ abi, functionName, args: [arg] }));
    return rpc.calls(
      data.map((one) => ({ to, data: one })),
      head.block,
    );
  };
  const setPrices = async (into: Ledger) => {
    const shared = Object.values(devnet.contracts.assets).map(({ token, feedProxy }): [Address, string] => [
      token,
      feedProxy,
    ]);
    // Where both name a feed, the asset's own answer stands.
    const feeds = [...pricedBeside, ...shared];
    const answers = await call(
      deployment.oracle,
      'getAssetPrice',
      feeds.map(([token]) => token),
    );
    feeds.forEach(([, feed], i) => {
      const data = answers[i];
      if (data) into.prices.set(feed, { answer: BigInt(data), round: 0n, updatedAt: head.time });
    });
  };
  return {
    rpc,
    deployment,
    source,
    ledger,
    get head() {
      return head;
    },
    async catchUp() {
      const latest = await rpc.getBlock('latest');
      if (latest === undefined) throw new Error('the devnet has no head');
      if (latest.number > head.block) {
        const range = await readRange(rpc, [source], { from: head.block + 1, to: latest.number });
        for (const part of range.reference) addReference(ledger, part);
        applyFacts(ledger, range.facts);
      }
      head = { block: latest.number, time: latest.time };
      await setPrices(ledger);
    },
    ours(owner) {
      return accountData(ledger, deployment.id, owner, head.time);
    },
    async theirs(owners) {
      const answers = await call(deployment.pool, 'getUserAccountData', owners);
      return answers.map((data) => toAccountData(data));
    },
    async snapshot(owners) {
      const at = { chainId: devnet.network.chainId, ...head };
      const { facts, reference } = await openVenue(deployment).snapshot(rpc, at, owners);
      const other = emptyLedger(reference);
      applyFacts(other, facts);
      await setPrices(other);
      return other;
    },
  };
}

/** Our account data from a ledger, at a time. */
export function accountData(
  ledger: Ledger,
  venueId: string,
  owner: Address,
  time: number,
): PooledAccountData {
  const venue = pooledVenue(ledger, venueId, time);
  if (!venue) throw new Error('the venue has no maths');
  const reading = readPooledAccount(venue, ledger.venues.get(venueId)?.accounts.get(owner));
  if ('reason' in reading) throw new Error(`${owner}: ${reading.reason}`);
  return pooledAccountData(reading.account);
}

function toAccountData(data: Hex | undefined): PooledAccountData {
  if (data === undefined) throw new Error('getUserAccountData reverted');
  const [collateralBase, debtBase, availableBorrowsBase, threshold, loanToValueBps, health] =
    decodeFunctionResult({
      abi,
      functionName: 'getUserAccountData',
      data,
    });
  return {
    collateralBase,
    debtBase,
    availableBorrowsBase,
    liquidationThresholdBps: threshold,
    loanToValueBps,
    healthFactorWad: health === NO_DEBT ? undefined : health,
  };
}
