import { applyFacts, emptyLedger, ledgerLines, mechanisms, type ExactReading } from '@undertow/book';
import { encodeCall, startDevnet, type Contract, type Devnet, type Transaction } from '@undertow/devnet';
import { CDP_MARKET_ID, type Address, type CdpGrowth, type CdpPosition } from '@undertow/market';
import { openOracle } from '@undertow/oracles';
import { openVenue, type MusdDeployment } from '@undertow/venues';
import { followChain, type FollowedChain } from './follow-chain.ts';

/** A devnet with positions on MUSD, followed by its logs. */
export interface MusdScene {
  readonly devnet: Devnet;
  readonly chain: FollowedChain;
  readonly deployment: MusdDeployment;
  readonly contracts: ReturnType<typeof contractsOf>;
}

export async function startMusdScene(accounts: number): Promise<MusdScene> {
  const devnet = await startDevnet({ seed: 11, accounts, venues: ['musd'] });
  const { deployments } = devnet.network;
  const deployment = deployments.find((found) => found.adapter === 'musd')!;
  const feeds = deployments.find((found) => found.adapter === 'chainlink')!;
  const chain = await followChain(devnet, [openVenue(deployment), openOracle(feeds)]);
  await chain.follow();
  return { devnet, chain, deployment, contracts: contractsOf(devnet) };
}

function contractsOf({ contracts, artifacts }: Devnet) {
  const at = contracts.venues.musd;
  const of = (name: Exclude<keyof typeof at, 'wrapped'>): Contract => ({
    address: at[name],
    abi: artifacts[`Musd${name}`].abi,
  });
  return {
    manager: of('TroveManager'),
    borrowing: of('BorrowerOperations'),
    pool: of('StabilityPool'),
    rates: of('InterestRateManager'),
    hints: of('HintHelpers'),
    pcv: of('PCV'),
    token: of('Token'),
  };
}

export function call(
  from: Address,
  { address, abi }: Contract,
  functionName: string,
  args: readonly unknown[] = [],
): Transaction {
  return { from, to: address, data: encodeCall(abi, functionName, args), gas: 20_000_000n };
}

export const growthOf = ({ chain, deployment }: MusdScene): CdpGrowth => {
  const growth = chain.ledger.venues.get(deployment.id)!.markets.get(CDP_MARKET_ID)!.growth;
  if (growth?.form !== 'cdp') throw new Error('the system has no totals');
  return growth;
};

/** Who has a position, as the folded ledger has it. */
export function positionsOf({ chain, deployment }: MusdScene): Map<Address, CdpPosition> {
  const found = new Map<Address, CdpPosition>();
  for (const [owner, { positions }] of chain.ledger.venues.get(deployment.id)!.accounts) {
    for (const { position } of positions.values()) if (position.form === 'cdp') found.set(owner, position);
  }
  return found;
}

export function readingOf({ chain, deployment }: MusdScene, owner: Address): ExactReading {
  const at = { venue: deployment.id, owner, time: chain.head().time };
  const [reading] = mechanisms.cdp.read(chain.ledger, at);
  if (!reading || 'reason' in reading) throw new Error(`no reading of ${owner}: ${reading?.reason}`);
  return reading;
}

/** Price of the collateral, 18 decimals. */
export const priceOf = ({ chain, devnet }: MusdScene): bigint =>
  chain.ledger.prices.get(devnet.contracts.assets.WETH.feedProxy)!.answer * 10n ** 10n;

/** Everything that the ledger holds of the venue, folded from logs and read by calls. */
export async function bothLedgers({ chain, deployment, devnet }: MusdScene): Promise<[string[], string[]]> {
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const { facts } = await openVenue(deployment).snapshot(chain.rpc, at, []);
  const read = emptyLedger();
  applyFacts(read, facts);
  const ours = ledgerLines(chain.ledger).filter((line) => line.includes(deployment.id));
  return [ours, ledgerLines(read)];
}

/** Lets time pass in an empty block. */
export async function wait({ devnet, chain }: MusdScene, seconds: number): Promise<void> {
  await devnet.rpc('evm_setNextBlockTimestamp', [chain.head().time + seconds]);
  await devnet.rpc('evm_mine');
}
