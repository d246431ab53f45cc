import type { Hex } from 'viem';
import { seededRandom, type Random } from '../accounts/seeded-random.ts';
import { poolMoves } from '../actions/move-pools.ts';
import { readPoolPrices } from '../actions/pool-price.ts';
import { priceRounds, readAnswers, readPrices, toAnswer, toUsd } from '../actions/post-prices.ts';
import { SYMBOLS, type AssetSymbol } from '../deploy/listing.ts';
import type { Devnet } from '../devnet.ts';
import type { Receipt, Transaction } from '../evm/chain.ts';
import { playRound } from '../liquidator/play-round.ts';
import { followFeeds, readDue } from '../liquidator/venues-round.ts';
import { chooseTurn, type Turn } from './choose-turn.ts';
import type { Circumstances, OwnerAction } from './owner-action.ts';
import { nextPrices, VOLATILE } from './price-process.ts';
import { roundsDue } from './rounds-due.ts';
import type { WatchList } from './watch-list.ts';

export interface AgentAction {
  /** The block after which it was done: also the number of the tick. */
  readonly block: number;
  readonly kind: 'trade' | 'round' | OwnerAction['kind'] | 'liquidate' | 'failed';
  readonly text: string;
}

export interface Ticking {
  readonly devnet: Devnet;
  readonly seed: number;
  readonly watchList: WatchList;
  readonly onAction: (action: AgentAction) => void;
}

/** Owners who act in one tick, at most. */
const MOST_OWNERS = 2;

/**
 * One tick: the market price moves one step from where the pools are, arbitrage brings the pools there, feeds that
 * have to post do, a few owners act; then, when feeds posted, the venues follow, who became liquidatable is liquidated
 * and the collateral sold. One block, two with rounds, a few with liquidations. Returns the number of the block after
 * which it was done.
 *
 * Everything follows from the chain and the seed: there is no other state, so a resumed chain goes on as it would have.
 */
export async function agentTick({ devnet, seed, watchList, onAction }: Ticking): Promise<number> {
  const head = await devnet.rpc<{ number: Hex; timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  const block = Number(head.number);
  const tell = (kind: AgentAction['kind'], text: string) => onAction({ block, kind, text });
  const random = seededRandom(seed, block);
  const answers = await readAnswers(devnet, SYMBOLS);
  const feeds = new Map(
    [...answers].map(([symbol, { answer, updatedAt }]) => [symbol, { priceUsd: toUsd(answer), updatedAt }]),
  );
  const usdcUsd = feeds.get('USDC')?.priceUsd ?? 1;
  const pools = await readPoolPrices(devnet, VOLATILE);
  const market = nextPrices(
    new Map(VOLATILE.map((symbol, index) => [symbol, pools[index] as number])),
    random,
  );
  const marketUsd = new Map<AssetSymbol, number>(
    [...market].map(([symbol, price]) => [symbol, price * usdcUsd]),
  );
  const due = roundsDue(feeds, marketUsd, Number(head.timestamp));
  const turns = chooseTurns(devnet, random);
  for (const symbol of turns.flatMap(({ venue }) => venue.freshFeeds ?? [])) {
    due.set(symbol, marketUsd.get(symbol) ?? usdcUsd);
  }
  const pricesUsd = new Map(
    [...feeds].map(([symbol, { priceUsd }]) => [symbol, due.get(symbol) ?? priceUsd]),
  );
  const owners = await actionsOf(turns, { devnet, random, pricesUsd });
  const trades = await poolMoves(devnet, Object.fromEntries(market));
  const rounds = await priceRounds(
    devnet,
    Object.fromEntries([...due].map(([symbol, price]) => [symbol, toAnswer(price)])),
  );
  const steps: Step[] = [
    ...trades.map((transaction) => ({ transaction, kind: 'trade' as const, text: 'arbitrage' })),
    ...rounds.map((transaction, index) => ({
      transaction,
      kind: 'round' as const,
      text: [...due.keys()][index] ?? '',
    })),
    ...owners.flatMap(({ kind, owner, transactions }) =>
      transactions.map((transaction) => ({ transaction, kind, text: owner })),
    ),
  ];
  const receipts = await devnet.chain.send(
    steps.map(({ transaction }) => transaction),
    { mayFail: true },
  );
  // Every tick needs its block: the next one follows from its number.
  if (steps.length === 0) await devnet.rpc('evm_mine');
  report(steps, receipts, tell);
  for (const { owner, venue } of owners) watchList.add(venue, owner);
  if (due.size > 0) {
    const moves = new Map(
      [...due].map(([symbol, price]) => [symbol, price / (feeds.get(symbol)?.priceUsd ?? price)]),
    );
    await followFeeds(devnet, { moves, mayWait: false });
    await liquidate({ devnet, watchList, tell });
  }
  return block;
}

/** Up to two, of different owners. */
function chooseTurns(devnet: Devnet, random: Random): Turn[] {
  const turns = new Map<Hex, Turn>();
  for (let left = Math.floor(random.uniform() * (MOST_OWNERS + 1)); left > 0; left--) {
    const turn = chooseTurn(devnet, random);
    if (turn) turns.set(turn.owner, turn);
  }
  return [...turns.values()];
}

async function actionsOf(
  turns: readonly Turn[],
  circumstances: Circumstances,
): Promise<(OwnerAction & { readonly venue: string })[]> {
  const actions: (OwnerAction & { readonly venue: string })[] = [];
  for (const { owner, venue } of turns) {
    const action = await venue.act(circumstances, owner);
    if (action) actions.push({ ...action, venue: venue.id });
  }
  return actions;
}

interface Step {
  readonly transaction: Transaction;
  readonly kind: AgentAction['kind'];
  readonly text: string;
}

type Tell = (kind: AgentAction['kind'], text: string) => void;

/** What failed is told too: an owner who wants more than the venue allows is a part of life. */
function report(steps: readonly Step[], receipts: readonly Receipt[], tell: Tell): void {
  for (const [index, { kind, text }] of steps.entries()) {
    tell(receipts[index]?.status === '0x1' ? kind : 'failed', text);
  }
}

interface Liquidating {
  readonly devnet: Devnet;
  readonly watchList: WatchList;
  readonly tell: Tell;
}

async function liquidate({ devnet, watchList, tell }: Liquidating): Promise<void> {
  const prices = await readPrices(devnet);
  const due = await readDue(devnet, await watchList.candidates(prices));
  if ([...due.values()].every((accounts) => accounts.length === 0)) return;
  const done = await playRound(devnet, { due, prices, kind: 'rational' });
  if (done.length > 0) tell('liquidate', `${done.length} accounts`);
}
