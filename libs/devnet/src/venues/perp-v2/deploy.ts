import type { Hex } from 'viem';
import { letPass } from '../../actions/time-travel.ts';
import { approve } from '../../deploy/deploy-tokens.ts';
import { sqrtPriceX96 } from '../../deploy/deploy-uniswap.ts';
import { listingOf, rawUnits } from '../../deploy/listing.ts';
import { deploy, MAX_UINT256, perform, type Site, type Step } from '../../deploy/site.ts';
import type { Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { Planned } from '../devnet-venue.ts';
import { ARBITRAGEUR, type DeployedPerpMarket, type PerpV2Contracts } from './contracts.ts';
import { addLiquidity } from './liquidity.ts';
import {
  COLLATERAL_DISCOUNT,
  COLLATERAL_RATIO,
  EXCHANGE_FEE_RATIO,
  INSURANCE_FUND_FEE_RATIO,
  MARK_WINDOW_SECONDS,
  PERP_MARKETS,
  POOL_FEE_PIPS,
  POOL_TICK_SPACING,
  type PerpMarketPlan,
} from './markets.ts';
import type { PerpV2Plan } from './plan.ts';
import { trade } from './trade.ts';

/** Rounds of the price feeds count as timed out after this; there is no second feed to fall back to. */
const FEED_TIMEOUT_SECONDS = 86_400n;
/** Mark prices average a pool over 15 seconds at least: pools are that old before there is a trade. */
const POOL_AGE_SECONDS = 20;
/**
 * Funding compares averages of pool and index over 900 seconds, but not over longer than since the first trade, and takes
 * the newest answer for an index without a round that old. As on a market that has traded for a while, so long passes
 * after a first trade; else any move of the index would look like a premium.
 */
const TRADED_SECONDS = 900;
/** Base units of the first trade, wad. */
const FIRST_TRADE = 10n ** 9n;
/** Largest funding per day, millionths (the protocol starts with 10 %): a crash takes minutes here, not hours. */
const MAX_FUNDING_RATE = 10_000;
/** Largest move of a pool in 15 seconds, ticks: the largest that the contract takes. */
const MAX_TICKS_CROSSED = 1_000;
/** Largest distance of a pool from its index, millionths (10 × the index): none in practice. */
const MAX_SPREAD_RATIO = 10_000_000;
/** `CollateralManager.initialize`, as the protocol's own deployment has them. */
const COLLATERAL_TERMS = [5, 750_000, 500_000, 2_000, 30_000, 10_000_000_000n, 500_000_000n];
/** Cash that the insurance fund starts with, as a share of all notional. */
const INSURANCE_SHARE = 0.2;
const LEAST_INSURANCE_USD = 100_000;
/** Margin of the liquidator and the arbitrageur, as a share of all notional: enough to take over all of it. */
const MARGIN_SHARE = 5;
const LEAST_MARGIN_USD = 10_000_000;
/** Margin of the maker, whole USDC: without end, so that its liquidity is the plan's alone. */
const MAKER_MARGIN = 10n ** 12n;

/** Deploys Perp v2 with its markets, its insurance fund and the maker's liquidity. */
export async function deployPerpV2(
  site: Site,
  base: BaseContracts,
  plan: readonly Planned<PerpV2Plan>[],
): Promise<PerpV2Contracts> {
  const core = await deployCore(site, base);
  const markets: DeployedPerpMarket[] = [];
  for (const market of PERP_MARKETS) markets.push(await addMarket(site, base, core, market));
  const collateral = await addCollateral(site, base, core);
  const at = (name: keyof typeof core) => core[name].address;
  const contracts: PerpV2Contracts = {
    ...{ accountBalance: at('accountBalance'), clearingHouse: at('clearingHouse') },
    ...{ clearingHouseConfig: at('config'), collateralManager: at('collateralManager') },
    ...{ exchange: at('exchange'), insuranceFund: at('insuranceFund'), orderBook: at('orderBook') },
    ...{ marketRegistry: at('marketRegistry'), quoteToken: at('quoteToken'), vault: at('vault') },
    settlementToken: base.assets.USDC.token,
    markets,
    collaterals: [collateral],
  };
  await stock(site, base, contracts, plan);
  return contracts;
}

type Core = Awaited<ReturnType<typeof deployCore>>;

const step = (contract: Contract, functionName: string, ...args: readonly unknown[]): Step => ({
  ...{ contract, functionName, args },
});

/** The contracts in the order in which they need each other. None is behind a proxy here. */
async function deployCore(site: Site, { assets, uniswap }: BaseContracts) {
  const quoteToken = await deploy(site, 'PerpQuoteToken');
  const config = await deploy(site, 'PerpClearingHouseConfig');
  const marketRegistry = await deploy(site, 'PerpMarketRegistry');
  const orderBook = await deploy(site, 'PerpOrderBook');
  const accountBalance = await deploy(site, 'PerpAccountBalance');
  const exchange = await deploy(site, 'PerpExchange');
  const insuranceFund = await deploy(site, 'PerpInsuranceFund');
  const vault = await deploy(site, 'PerpVault');
  const collateralManager = await deploy(site, 'PerpCollateralManager');
  const clearingHouse = await deploy(site, 'PerpClearingHouse');
  const approval = await deploy(site, 'PerpDelegateApproval');
  const [a, v] = [accountBalance.address, vault.address];
  const { factory, weth9 } = uniswap;
  const house = [config.address, v, quoteToken.address, factory, exchange.address, a, insuranceFund.address];
  await perform(site, [
    step(quoteToken, 'initialize', 'vUSD', 'vUSD'),
    step(config, 'initialize'),
    step(config, 'setSettlementTokenBalanceCap', MAX_UINT256),
    step(config, 'setMarkPriceMarketTwapInterval', MARK_WINDOW_SECONDS),
    step(config, 'setMarkPricePremiumInterval', MARK_WINDOW_SECONDS),
    step(config, 'setMaxFundingRate', MAX_FUNDING_RATE),
    step(marketRegistry, 'initialize', factory, quoteToken.address),
    step(orderBook, 'initialize', marketRegistry.address),
    step(accountBalance, 'initialize', config.address, orderBook.address),
    step(exchange, 'initialize', marketRegistry.address, orderBook.address, config.address),
    step(exchange, 'setAccountBalance', a),
    step(orderBook, 'setExchange', exchange.address),
    step(insuranceFund, 'initialize', assets.USDC.token),
    step(vault, 'initialize', insuranceFund.address, config.address, a, exchange.address),
    step(collateralManager, 'initialize', config.address, v, ...COLLATERAL_TERMS),
    step(vault, 'setCollateralManager', collateralManager.address),
    step(insuranceFund, 'setVault', v),
    step(accountBalance, 'setVault', v),
    step(approval, 'initialize'),
  ]);
  await perform(site, [
    step(clearingHouse, 'initialize', ...house),
    step(clearingHouse, 'setDelegateApproval', approval.address),
    step(quoteToken, 'mintMaximumTo', clearingHouse.address),
    step(quoteToken, 'addWhitelist', clearingHouse.address),
    ...[marketRegistry, orderBook, exchange, accountBalance, vault].map((contract) =>
      step(contract, 'setClearingHouse', clearingHouse.address),
    ),
    step(vault, 'setWETH9', weth9),
  ]);
  return {
    ...{ quoteToken, config, marketRegistry, orderBook, accountBalance, exchange, insuranceFund, vault },
    ...{ collateralManager, clearingHouse },
  };
}

/** A price feed of its own and the dispatcher in front of it. */
async function deployFeed(site: Site, feedProxy: Hex): Promise<{ priceFeed: Hex; dispatcher: Hex }> {
  const windowSeconds = 900n;
  const priceFeed = await deploy(site, 'PerpPriceFeed', [feedProxy, FEED_TIMEOUT_SECONDS, windowSeconds]);
  const dispatcher = await deploy(site, 'PerpPriceFeedDispatcher', [priceFeed.address]);
  return { priceFeed: priceFeed.address, dispatcher: dispatcher.address };
}

async function addMarket(
  site: Site,
  { assets, uniswap }: BaseContracts,
  core: Core,
  { symbol, baseSymbol }: PerpMarketPlan,
): Promise<DeployedPerpMarket> {
  const { feedProxy } = assets[symbol];
  const { priceFeed, dispatcher } = await deployFeed(site, feedProxy);
  const base = await deployBelow(site, core.quoteToken.address);
  const quote = core.quoteToken;
  const factory: Contract = { address: uniswap.factory, abi: site.artifacts.UniswapV3Factory.abi };
  await perform(site, [
    step(base, 'initialize', baseSymbol, baseSymbol, dispatcher),
    step(base, 'mintMaximumTo', core.clearingHouse.address),
    step(base, 'addWhitelist', core.clearingHouse.address),
    step(factory, 'createPool', base.address, quote.address, POOL_FEE_PIPS),
  ]);
  const found = await site.chain.read<Hex>(factory, 'getPool', [base.address, quote.address, POOL_FEE_PIPS]);
  const pool: Contract = { address: found.toLowerCase() as Hex, abi: site.artifacts.UniswapV3Pool.abi };
  const { marketRegistry, exchange } = core;
  await perform(site, [
    step({ address: priceFeed, abi: site.artifacts.PerpPriceFeed.abi }, 'update'),
    step(pool, 'initialize', sqrtPriceX96(listingOf(symbol).priceUsd)),
    step(pool, 'increaseObservationCardinalityNext', 200),
    step(base, 'addWhitelist', pool.address),
    step(quote, 'addWhitelist', pool.address),
    step(marketRegistry, 'addPool', base.address, POOL_FEE_PIPS),
    step(marketRegistry, 'setFeeRatio', base.address, EXCHANGE_FEE_RATIO),
    step(marketRegistry, 'setInsuranceFundFeeRatio', base.address, INSURANCE_FUND_FEE_RATIO),
    step(marketRegistry, 'setMarketMaxPriceSpreadRatio', base.address, MAX_SPREAD_RATIO),
    step(exchange, 'setMaxTickCrossedWithinBlock', base.address, MAX_TICKS_CROSSED),
  ]);
  const tokens = { token0: base.address, token1: quote.address };
  const terms = { feePips: POOL_FEE_PIPS, tickSpacing: POOL_TICK_SPACING };
  return {
    ...{ symbol, baseToken: base.address, priceFeed, indexFeed: feedProxy, underlying: assets[symbol].token },
    pool: { address: pool.address, ...tokens, ...terms },
  };
}

/** A base token has to come before the quote token in a pool: deployed until its address does. */
async function deployBelow(site: Site, quote: Hex): Promise<Contract> {
  for (let tries = 0; tries < 1_000; tries++) {
    const base = await deploy(site, 'PerpBaseToken');
    if (base.address < quote) return base;
  }
  throw new Error(`No address below ${quote} for a base token in 1,000 tries`);
}

async function addCollateral(site: Site, { assets }: BaseContracts, { collateralManager }: Core) {
  const { token, feedProxy: feed } = assets.WETH;
  const { priceFeed, dispatcher } = await deployFeed(site, feed);
  const config = {
    priceFeed: dispatcher,
    collateralRatio: COLLATERAL_RATIO * 1e6,
    discountRatio: COLLATERAL_DISCOUNT * 1e6,
    depositCap: MAX_UINT256,
  };
  await perform(site, [step(collateralManager, 'addCollateral', token, config)]);
  return { token, priceFeed, feed };
}

/** Margin of the maker, the liquidator and the arbitrageur, the insurance fund, and the maker's liquidity. */
async function stock(
  site: Site,
  { assets }: BaseContracts,
  contracts: PerpV2Contracts,
  plan: readonly Planned<PerpV2Plan>[],
): Promise<void> {
  const { chain, actors, artifacts } = site;
  const notionalUsd = plan
    .flatMap(({ plan: { positions } }) => positions)
    .reduce((sum, position) => sum + position.notionalUsd, 0);
  const insurance = rawUnits('USDC', Math.max(LEAST_INSURANCE_USD, INSURANCE_SHARE * notionalUsd));
  const margin = rawUnits('USDC', Math.max(LEAST_MARGIN_USD, MARGIN_SHARE * notionalUsd));
  const vault: Contract = { address: contracts.vault, abi: artifacts.PerpVault.abi };
  const usdc = assets.USDC.token;
  const deposit = (to: Hex, amount: bigint): Step => ({
    ...step(vault, 'depositFor', to, usdc, amount),
    from: actors.bank,
  });
  await chain.fund([ARBITRAGEUR]);
  await approve(site, { tokens: [usdc, assets.WETH.token], spenders: [contracts.vault] });
  await perform(site, [
    deposit(actors.bank, MAKER_MARGIN * 10n ** BigInt(assets.USDC.decimals)),
    deposit(actors.liquidator, margin),
    deposit(ARBITRAGEUR, margin),
    deposit(contracts.insuranceFund, insurance),
  ]);
  await letPass(site, POOL_AGE_SECONDS);
  await perform(
    site,
    contracts.markets.map((market) => addLiquidity(site, contracts, market, plan)),
  );
  const firstTrade = { from: ARBITRAGEUR, side: 'buy', size: FIRST_TRADE } as const;
  await chain.send(
    contracts.markets.map(({ baseToken }) => trade(site, contracts, { ...firstTrade, baseToken })),
  );
  await letPass(site, TRADED_SECONDS);
  await chain.rpc('evm_mine');
}
