import {
  applyFacts,
  emptyLedger,
  ledgerLines,
  mechanisms,
  type ExactReading,
  type Ledger,
} from '@undertow/book';
import { encodeCall, startDevnet, type Contract, type Devnet, type Transaction } from '@undertow/devnet';
import {
  indexedDebtDown,
  type Address,
  type MoneyMarketGrowth,
  type MoneyMarketTerms,
} from '@undertow/market';
import { openOracle } from '@undertow/oracles';
import { openVenue, type VenusCoreDeployment } from '@undertow/venues';
import {
  moneyMarketHoldings,
  moneyMarketVenue,
  type MoneyMarketHolding,
  type MoneyMarketVenue,
} from '../../libs/book/src/money-market/account.ts';
import { followChain, seeded, type FollowedChain } from './follow-chain.ts';

export const SYMBOLS = ['WETH', 'WBTC', 'LINK', 'USDC'] as const;
export type Symbol = (typeof SYMBOLS)[number];

/** A devnet with positions on the core pool, followed by its logs. */
export interface VenusCoreScene {
  readonly devnet: Devnet;
  readonly chain: FollowedChain;
  readonly deployment: VenusCoreDeployment;
  readonly comptroller: Contract;
  readonly oracle: Contract;
  readonly markets: Readonly<Record<Symbol, Contract>>;
  /** The same row of numbers from 0 to 1 in every run. */
  readonly random: () => number;
}

export async function startVenusCoreScene(accounts: number): Promise<VenusCoreScene> {
  const devnet = await startDevnet({ seed: 5, accounts, venues: ['venusCore'] });
  const { deployments } = devnet.network;
  const deployment = deployments.find((found) => found.adapter === 'venus-core')!;
  const feeds = deployments.find((found) => found.adapter === 'chainlink')!;
  const chain = await followChain(devnet, [openVenue(deployment), openOracle(feeds)]);
  await chain.follow();
  const { comptroller, oracle, markets } = devnet.contracts.venues.venusCore;
  const { artifacts } = devnet;
  const market = (symbol: Symbol): Contract => ({ address: markets[symbol], abi: artifacts.VenusToken.abi });
  return {
    ...{ devnet, chain, deployment, random: seeded(29) },
    comptroller: { address: comptroller, abi: artifacts.VenusComptroller.abi },
    oracle: { address: oracle, abi: artifacts.VenusOracle.abi },
    markets: { WETH: market('WETH'), WBTC: market('WBTC'), LINK: market('LINK'), USDC: market('USDC') },
  };
}

export function call(
  from: Address,
  { address, abi }: Contract,
  functionName: string,
  ...args: readonly unknown[]
): Transaction {
  return { from, to: address, data: encodeCall(abi, functionName, args), gas: 5_000_000n };
}

export function growthOf({ chain, deployment, markets }: VenusCoreScene, symbol: Symbol): MoneyMarketGrowth {
  const market = chain.ledger.venues.get(deployment.id)!.markets.get(markets[symbol].address)!;
  if (market.growth?.form !== 'money-market') throw new Error(`${symbol} has no totals`);
  return market.growth;
}

export function termsOf({ chain, deployment, markets }: VenusCoreScene, symbol: Symbol): MoneyMarketTerms {
  const market = chain.ledger.venues.get(deployment.id)!.markets.get(markets[symbol].address)!;
  return market.terms as MoneyMarketTerms;
}

export function readingOf({ chain, deployment }: VenusCoreScene, owner: Address): ExactReading {
  const at = { venue: deployment.id, owner, time: chain.head().time };
  const [reading] = mechanisms['money-market'].read(chain.ledger, at);
  if (!reading || 'reason' in reading) throw new Error(`no reading of ${owner}: ${reading?.reason}`);
  return reading;
}

/** Whoever has something at the venue, by the folded ledger. */
export const ownersOf = ({ chain, deployment }: VenusCoreScene): Address[] =>
  [...chain.ledger.venues.get(deployment.id)!.accounts.keys()].sort();

/** Everything that the ledger holds of the venue, folded from logs and read by calls; debts as what is owed now. */
export async function bothLedgers(scene: VenusCoreScene): Promise<[string[], string[]]> {
  const { chain, deployment, devnet } = scene;
  const at = { ...chain.head(), chainId: devnet.network.chainId };
  const { facts } = await openVenue(deployment).snapshot(chain.rpc, at, ownersOf(scene));
  const read = emptyLedger();
  applyFacts(read, facts);
  return [linesOf(chain.ledger, deployment.id), linesOf(read, deployment.id)];
}

/** The contracts do not show when a debt was last touched, so its line says what it is now. */
function linesOf(ledger: Ledger, venue: string): string[] {
  const { accounts, markets } = ledger.venues.get(venue)!;
  const debts = [...accounts].flatMap(([owner, { positions }]) =>
    [...positions.values()].map(({ market, position }) => {
      const { growth } = markets.get(market)!;
      if (position.form !== 'indexed-debt' || growth?.form !== 'money-market') throw new Error('not a debt');
      return `debt ${owner} ${market} ${indexedDebtDown(position, growth.borrowIndexWad)}`;
    }),
  );
  const rest = ledgerLines(ledger).filter((line) => line.includes(venue) && !line.startsWith('position'));
  return [...debts.sort(), ...rest];
}

/** A random amount up to the most. */
export function between({ random }: Pick<VenusCoreScene, 'random'>, most: bigint): bigint {
  return (most * BigInt(Math.floor(random() * 1e9))) / 1_000_000_000n;
}

/** The venue as the book reads it from the folded ledger. */
export function venueOf({ chain, deployment }: VenusCoreScene): MoneyMarketVenue {
  const venue = moneyMarketVenue(chain.ledger, deployment.id);
  if ('reason' in venue) throw new Error(venue.reason);
  return venue;
}

/** What an owner has in each market. */
export function holdingsOf(scene: VenusCoreScene, owner: Address): readonly MoneyMarketHolding[] {
  const { chain, deployment } = scene;
  const found = moneyMarketHoldings(
    venueOf(scene),
    chain.ledger.venues.get(deployment.id)!.accounts.get(owner)!,
  );
  if ('reason' in found) throw new Error(found.reason);
  return found.holdings;
}

/** Lets blocks pass: interest is by the block. */
export async function wait({ devnet, chain }: VenusCoreScene, blocks: number): Promise<void> {
  await devnet.rpc('anvil_mine', [`0x${blocks.toString(16)}`]);
  await chain.follow();
}
