import {
  encodeCall,
  postPrices,
  revert,
  startAgent,
  startDevnet,
  type Devnet,
  type Transaction,
} from '@undertow/devnet';
import { type MarginAccount } from '@undertow/market';
import { openSource } from '@undertow/sources';
import { type PerpV2Deployment } from '@undertow/venues';
import { marginAccount, marginVenue } from '../../libs/book/src/perpetual/account.ts';
import { perpContracts } from '../../libs/devnet/src/venues/perp-v2/accounts.ts';
import { letPass } from '../../libs/devnet/src/actions/time-travel.ts';
import { bringTo } from '../../libs/devnet/src/venues/perp-v2/arbitrage.ts';
import { addOrder, removeOrder, type PlannedOrder } from '../../libs/devnet/src/venues/perp-v2/makers.ts';
import { trade } from '../../libs/devnet/src/venues/perp-v2/trade.ts';
import { followChain, seeded, type FollowedChain } from './follow-chain.ts';
import { unaverageMarks } from './unaveraged-marks.ts';

export type Owner = `0x${string}`;

export const random = seeded(11);

export let devnet: Devnet;
export let chain: FollowedChain;
export let deployment: PerpV2Deployment;
export let takers: readonly Owner[];
/** The takers, and the bank, whose order most of the liquidity is. Some takers make, too. */
export let owners: readonly Owner[];

/** Builds a lived-in chain with this venue alone, and reads it. Mark prices are the pools' own. */
export async function openScene(): Promise<void> {
  devnet = await startDevnet({ seed: 4, accounts: 200, venues: ['perpV2'] });
  await unaverageMarks(devnet);
  // A lived-in chain: owners have come and gone, the feeds and the pools have moved, somebody was liquidated.
  await startAgent(devnet, { seed: 4, everyMs: 0, ticks: 30 }).done;
  const { deployments } = devnet.network;
  deployment = deployments.find((found) => found.adapter === 'perp-v2')!;
  chain = await followChain(devnet, deployments.map(openSource));
  await chain.follow();
  const { accounts } = chain.ledger.venues.get(deployment.id)!;
  owners = [...accounts.keys()].filter((owner) => owner !== deployment.insuranceFund);
  takers = owners.filter((owner) => owner !== devnet.actors.bank);
}

/** Ends what `openScene` started. */
export async function closeScene(): Promise<void> {
  chain?.close();
  await devnet?.stop();
}

/** What accounts are valued with at a time, by default that of the head. */
export function venueAt(time = chain.head().time) {
  const venue = marginVenue(chain.ledger, { venue: deployment.id, time });
  if ('reason' in venue) throw new Error(venue.reason);
  return venue;
}

export interface Account {
  readonly owner: Owner;
  readonly account: MarginAccount;
  readonly markets: readonly string[];
}

/** Every account as the ledger has it. */
export function accountsAt(time?: number): Account[] {
  const venue = venueAt(time);
  return owners.flatMap((owner) => {
    const held = chain.ledger.venues.get(deployment.id)!.accounts.get(owner);
    if (!held) return [];
    const reading = marginAccount(venue, held);
    if ('reason' in reading) throw new Error(reading.reason);
    return [{ owner, account: reading.account, markets: reading.exposureMarkets }];
  });
}

/** Takes the chain back to a snapshot, and reads it anew. */
export async function goBack(id: Owner): Promise<void> {
  await revert(devnet, id);
  chain.close();
  chain = await followChain(devnet, devnet.network.deployments.map(openSource));
  await chain.follow();
}

/** Sends transactions as one block, or lets time pass in an empty one, and reads on. */
export async function next(seconds: number, transactions: readonly Transaction[] = []): Promise<void> {
  await letPass(devnet, seconds);
  if (transactions.length > 0) await devnet.chain.send(transactions, { mayFail: true });
  else await devnet.rpc('evm_mine');
  await chain.follow();
}

/** Sets the index of both markets and brings their pools to a multiple of it. */
export async function moveTo(factor: number, poolByIndex: number): Promise<void> {
  const index = { WETH: 3_000 * factor, WBTC: 60_000 * factor };
  await postPrices(devnet, {
    WETH: BigInt(Math.round(index.WETH * 1e8)),
    WBTC: BigInt(Math.round(index.WBTC * 1e8)),
  });
  const update = encodeCall(devnet.artifacts.PerpPriceFeed.abi, 'update');
  const from = devnet.actors.keeper;
  const feeds = deployment.markets.map(({ priceFeed: to }): Transaction => ({ from, to, data: update }));
  await devnet.chain.send(feeds, { mayFail: true });
  await bringTo(devnet, devnet.contracts.venues.perpV2, [index.WETH * poolByIndex, index.WBTC * poolByIndex]);
  await next(2);
}

/** A new owner with 1,000 USDC and one order, and nothing else. */
export async function openMaker(owner: Owner, order: PlannedOrder): Promise<void> {
  const { perp, vault } = perpContracts(devnet);
  await devnet.chain.fund([owner]);
  const args = [owner, deployment.settlementToken, 1_000_000_000n];
  const data = encodeCall(vault.abi, 'depositFor', args);
  await next(1, [
    { from: devnet.actors.bank, to: vault.address, data },
    addOrder(devnet, perp, owner, order),
  ]);
}

/** What makers do: every owner with orders takes away a part or all of one, and a few add one. */
export function someOrders(): Transaction[] {
  const { perp } = perpContracts(devnet);
  const ours = accountsAt().flatMap(({ owner, account, markets }) =>
    account.exposures.flatMap(({ maker }, i) => (maker ? [{ owner, market: markets[i]!, ...maker }] : [])),
  );
  const taken = ours.flatMap(({ owner, market, orders }): Transaction[] => {
    const order = orders[Math.floor(random() * orders.length)]!;
    const found = perp.markets.find(({ baseToken }) => baseToken === market)!;
    const tenths = owner === devnet.actors.bank ? 0n : BigInt(Math.floor(11 * random()));
    const liquidity = (order.liquidity * tenths) / 10n;
    return [removeOrder(devnet, perp, owner, { ...order, market: found, liquidity })];
  });
  const made = Array.from({ length: 6 }, (): Transaction => {
    const owner = takers[Math.floor(takers.length * random())]!;
    const symbol = random() < 0.5 ? 'WETH' : 'WBTC';
    const [from, to] = [
      [0.9, 1.1],
      [1.02, 1.3],
      [0.8, 0.98],
    ][Math.floor(3 * random())]!;
    return addOrder(devnet, perp, owner, {
      symbol,
      from: from!,
      to: to!,
      valueUsd: 1_000 + 4_000 * random(),
    });
  });
  return [...taken, ...made];
}

/** What owners do: more, less, in and out, withdraw, and others trade. */
export function someActions(): Transaction[] {
  const { perp, vault } = perpContracts(devnet);
  return takers.slice(0, 40).flatMap((owner, i): Transaction[] => {
    const { baseToken } = deployment.markets[i % 2]!;
    const size = BigInt(Math.floor(1e6 * random())) * 10n ** 11n;
    const trades = [
      trade(devnet, perp, { from: owner, baseToken, side: random() < 0.5 ? 'buy' : 'sell', size }),
    ];
    if (i % 3 !== 0) return trades;
    const amount = BigInt(Math.floor(1e8 * random()));
    const data = encodeCall(vault.abi, 'withdraw', [deployment.settlementToken, amount]);
    return [...trades, { from: owner, to: vault.address, data, gas: 3_000_000n }];
  });
}
