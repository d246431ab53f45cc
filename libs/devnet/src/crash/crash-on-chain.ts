import type { Devnet } from '../devnet.ts';
import { LISTINGS, type AssetSymbol } from '../deploy/listing.ts';
import { poolMoves } from '../actions/move-pools.ts';
import { readPoolPrices } from '../actions/pool-price.ts';
import { priceRounds, readAnswers, toAnswer, toUsd, type Answers } from '../actions/post-prices.ts';
import type { DueAccount } from '../liquidate/due-account.ts';
import { readAaveAccounts } from '../liquidate/aave-accounts.ts';
import { liquidateDue, type LiquidationDone } from '../liquidate/liquidate-due.ts';
import { accrueInterest } from '../liquidate/morpho-accounts.ts';
import { netInventory, unwind } from '../liquidate/net-inventory.ts';
import { readBorrowers, readDue, type Candidates } from '../liquidate/read-due.ts';

export interface OnChainCrash {
  /** Who could be liquidated right after the shock. */
  readonly firstRound: readonly DueAccount[];
  readonly rounds: readonly OnChainRound[];
  /** Σ collateral taken from the owners (the protocol's fee included) at the oracle price of its round. */
  readonly liquidatedUsd: number;
  readonly repaidUsd: number;
  /** The part of `liquidatedUsd` that the protocols kept. */
  readonly protocolFeeUsd: number;
  /** Debt of Aave accounts without collateral and debt that Morpho wrote off, at the final oracle prices. */
  readonly badDebtUsd: number;
  /** Oracle prices at the end. */
  readonly finalPriceUsd: Readonly<Record<AssetSymbol, number>>;
  readonly liquidations: number;
  /** False when the cap on rounds ended it. */
  readonly converged: boolean;
  readonly notes: readonly string[];
}

export interface OnChainRound {
  readonly liquidations: number;
  readonly liquidatedUsd: number;
  readonly repaidUsd: number;
  /** Oracle prices in force while this round liquidated. */
  readonly prices: Readonly<Record<AssetSymbol, number>>;
}

export interface CrashOptions {
  /** The outside move, a ratio: -0.2 = 20 % down. */
  readonly shock: number;
  /** Default: WETH and WBTC. */
  readonly assets?: readonly AssetSymbol[];
  /** Default 500. */
  readonly maxRounds?: number;
  readonly onProgress?: (message: string) => void;
}

const SYMBOLS = LISTINGS.map(({ symbol }) => symbol);

/**
 * Crashes the chain and lets liquidators act until nobody is left to liquidate: what the contracts themselves do.
 *
 * Uses views and transactions only, nothing of our own engine. The outside move sets the feeds to round(answer ×
 * (1 + shock)) and the bank trades the pools there. Then in rounds: every account that its venue calls liquidatable
 * is liquidated once, with the largest debt against the largest collateral; what the liquidator has more or less of
 * each asset than before is sold to or bought from the asset's pool, in one trade; the feeds follow the pools.
 * The chain is changed: take a snapshot before.
 */
export async function crashOnChain(devnet: Devnet, options: CrashOptions): Promise<OnChainCrash> {
  const { shock, assets = ['WETH', 'WBTC'], maxRounds = 500, onProgress = () => {} } = options;
  await devnet.rpc('anvil_setBlockTimestampInterval', [1]);
  const candidates = await readBorrowers(devnet);
  await applyShock(devnet, assets, shock);
  const moved = new Set(assets);
  const done: { liquidation: LiquidationDone; prices: Prices }[] = [];
  const rounds: OnChainRound[] = [];
  const notes: string[] = [];
  let firstRound: readonly DueAccount[] = [];
  let converged = false;
  while (rounds.length < maxRounds) {
    const prices = await readPrices(devnet);
    const due = await readDue(devnet, candidates);
    if (rounds.length === 0) firstRound = due.accounts;
    const liquidated =
      due.accounts.length > 0 ? await liquidateDue(devnet, due, prices) : { done: [], failed: 0 };
    if (liquidated.failed > 0)
      notes.push(`round ${rounds.length + 1}: ${liquidated.failed} liquidations reverted`);
    if (liquidated.done.length === 0) {
      converged = true;
      break;
    }
    const totals = sumUp(liquidated.done.map((liquidation) => ({ liquidation, prices })));
    rounds.push({ liquidations: liquidated.done.length, ...totals, prices: record(prices) });
    done.push(...liquidated.done.map((liquidation) => ({ liquidation, prices })));
    onProgress(
      `round ${rounds.length}: ${liquidated.done.length} liquidated, ${Math.round(totals.liquidatedUsd)} USD`,
    );
    const settled = await settle(devnet, liquidated.done);
    for (const symbol of settled.traded) moved.add(symbol);
    if (settled.refused > 0)
      notes.push(`round ${rounds.length}: ${settled.refused} pools had nothing left to trade`);
    await followPools(devnet, [...moved]);
  }
  if (!converged) notes.push(`stopped after ${maxRounds} rounds with accounts still liquidatable`);
  const finalPrices = await readPrices(devnet);
  return {
    firstRound,
    rounds,
    ...sumUp(done),
    protocolFeeUsd: done.reduce((sum, { liquidation: { collateral, protocolFee }, prices }) => {
      return sum + valueUsd(prices, collateral, protocolFee);
    }, 0),
    badDebtUsd: await badDebtUsd(devnet, {
      candidates,
      done: done.map((each) => each.liquidation),
      finalPrices,
    }),
    finalPriceUsd: record(finalPrices),
    liquidations: done.length,
    converged,
    notes,
  };
}

type Prices = ReadonlyMap<AssetSymbol, number>;

async function applyShock(devnet: Devnet, assets: readonly AssetSymbol[], shock: number): Promise<void> {
  const before = await readAnswers(devnet, [...assets, 'USDC']);
  const usdc = toUsd(before.get('USDC')?.answer ?? 0n);
  const answers: Partial<Record<AssetSymbol, bigint>> = {};
  const targets: Partial<Record<AssetSymbol, number>> = {};
  for (const symbol of assets) {
    const answer = BigInt(Math.round(Number(before.get(symbol)?.answer ?? 0n) * (1 + shock)));
    answers[symbol] = answer;
    targets[symbol] = toUsd(answer) / usdc;
  }
  await devnet.chain.send([
    ...(await priceRounds(devnet, answers)),
    ...(await poolMoves(devnet, targets)),
    ...accrueInterest(devnet),
  ]);
}

/** Sells what the liquidator has gained and buys back what it has spent. A pool without liquidity refuses. */
async function settle(devnet: Devnet, done: readonly LiquidationDone[]) {
  const trades = unwind(devnet, netInventory(done));
  const receipts = await devnet.chain.send(
    trades.map(({ transaction }) => transaction),
    { mayFail: true },
  );
  const refused = receipts.filter(({ status }) => status !== '0x1').length;
  return { traded: trades.map(({ symbol }) => symbol), refused };
}

/** Sets feeds to their pools' prices, USDC turned into USD by its feed. The smallest answer that a feed takes is 1. */
async function followPools(devnet: Devnet, symbols: readonly AssetSymbol[]): Promise<void> {
  const pools = await readPoolPrices(devnet, symbols);
  const usdc = (await readPrices(devnet)).get('USDC') ?? 1;
  const answers: Partial<Record<AssetSymbol, bigint>> = {};
  for (const [index, symbol] of symbols.entries()) {
    const answer = toAnswer((pools[index] ?? 0) * usdc);
    answers[symbol] = answer > 0n ? answer : 1n;
  }
  await devnet.chain.send([...(await priceRounds(devnet, answers as Answers)), ...accrueInterest(devnet)]);
}

async function readPrices(devnet: Devnet): Promise<Prices> {
  const answers = await readAnswers(devnet, SYMBOLS);
  return new Map(SYMBOLS.map((symbol) => [symbol, toUsd(answers.get(symbol)?.answer ?? 0n)]));
}

function sumUp(done: readonly { liquidation: LiquidationDone; prices: Prices }[]) {
  let liquidatedUsd = 0;
  let repaidUsd = 0;
  for (const { liquidation, prices } of done) {
    const { collateral, debt, received, protocolFee, repaid } = liquidation;
    liquidatedUsd += valueUsd(prices, collateral, received + protocolFee);
    repaidUsd += valueUsd(prices, debt, repaid);
  }
  return { liquidatedUsd, repaidUsd };
}

interface Ended {
  readonly candidates: Candidates;
  readonly done: readonly LiquidationDone[];
  readonly finalPrices: Prices;
}

async function badDebtUsd(devnet: Devnet, { candidates, done, finalPrices }: Ended): Promise<number> {
  const accounts = await readAaveAccounts(devnet, candidates.aave);
  const stranded = accounts.filter(({ collateralBase, debtBase }) => collateralBase === 0n && debtBase > 0n);
  const onAave = stranded.reduce((sum, { debtBase }) => sum + toUsd(debtBase), 0);
  return done.reduce((sum, { debt, badDebt }) => sum + valueUsd(finalPrices, debt, badDebt), onAave);
}

function valueUsd(prices: Prices, symbol: AssetSymbol, amount: bigint): number {
  const decimals = LISTINGS.find((listing) => listing.symbol === symbol)?.decimals ?? 0;
  return (Number(amount) / 10 ** decimals) * (prices.get(symbol) ?? 0);
}

function record(prices: Prices): Record<AssetSymbol, number> {
  return Object.fromEntries(prices) as Record<AssetSymbol, number>;
}
