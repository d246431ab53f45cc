import type { Hex } from 'viem';
import { deploy, MAX_UINT256, perform, type Site, type Step } from '../../deploy/site.ts';
import type { Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { LyraAvalonContracts } from './contracts.ts';
import * as parameters from './parameters.ts';

const { BASE_KEY, QUOTE_KEY, UNDERLYING, bytes32, wad } = parameters;

/** The Synthetix side: what prices and exchanges the two synthetic assets. */
interface Synths {
  readonly adapter: Contract;
  readonly rates: Contract;
  readonly quote: Contract;
  readonly base: Contract;
}

/** Deploys one option market on ether with its Synthetix mocks, lists its boards and stocks its liquidity pool. */
export async function deployLyraAvalon(site: Site, { assets }: BaseContracts): Promise<LyraAvalonContracts> {
  const adapter = await deploy(site, 'SynthetixAdapter');
  const optionMarket = await deploy(site, 'OptionMarket');
  const synths = await deploySynths(site, { adapter, optionMarket, feed: assets[UNDERLYING].feedProxy });
  const market = await deployMarket(site, optionMarket, synths);
  await setParameters(site, market);
  await stockPool(site, market);
  await listBoards(site, optionMarket);
  return {
    adapter: adapter.address,
    exchangeRates: synths.rates.address,
    optionMarket: optionMarket.address,
    optionToken: market.optionToken.address,
    pricer: market.pricer.address,
    greekCache: market.greekCache.address,
    liquidityPool: market.liquidityPool.address,
    shortCollateral: market.shortCollateral.address,
    quote: synths.quote.address,
    base: synths.base.address,
    underlying: assets[UNDERLYING].token,
    feed: assets[UNDERLYING].feedProxy,
  };
}

async function deploySynths(
  site: Site,
  by: { readonly adapter: Contract; readonly optionMarket: Contract; readonly feed: Hex },
): Promise<Synths> {
  const { adapter, optionMarket } = by;
  const quote = await deploy(site, 'TestERC20Fail', ['Synthetic USD', 'sUSD']);
  const base = await deploy(site, 'TestERC20Fail', ['Synthetic ETH', 'sETH']);
  const rates = await deploy(site, 'FeedExchangeRates');
  const exchanger = await deploy(site, 'TestExchanger');
  const synthetix = await deploy(site, 'TestSynthetixReturnZero');
  const delegateApprovals = await deploy(site, 'TestDelegateApprovals');
  const collateralShort = await deploy(site, 'TestCollateralShort');
  const resolver = await deploy(site, 'TestAddressResolver');
  const names = ['ProxySynthetix', 'Exchanger', 'ExchangeRates', 'CollateralShort', 'DelegateApprovals'];
  const resolved = [synthetix, exchanger, rates, collateralShort, delegateApprovals];
  const { baseToQuote, quoteToBase } = parameters.EXCHANGE_FEE;
  await perform(site, [
    step(adapter, 'initialize'),
    step(rates, 'addAggregator', BASE_KEY, by.feed),
    step(exchanger, 'setFeeRateForExchange', BASE_KEY, QUOTE_KEY, baseToQuote),
    step(exchanger, 'setFeeRateForExchange', QUOTE_KEY, BASE_KEY, quoteToBase),
    step(synthetix, 'init', adapter.address, quote.address, resolver.address),
    step(collateralShort, 'init', adapter.address, quote.address),
    step(
      resolver,
      'setAddresses',
      names.map(bytes32),
      resolved.map(({ address }) => address),
    ),
    ...[quote, base].flatMap((token) =>
      [synthetix, collateralShort].map((minter) => step(token, 'permitMint', minter.address, true)),
    ),
    ...[synthetix, collateralShort].map((contract) =>
      step(contract, 'addBaseAsset', BASE_KEY, base.address, optionMarket.address),
    ),
    step(adapter, 'setAddressResolver', resolver.address),
    step(adapter, 'updateSynthetixAddresses'),
    step(
      adapter,
      'setGlobalsForContract',
      ...[optionMarket.address, QUOTE_KEY, BASE_KEY, parameters.SECURITY_MODULE, bytes32('')],
    ),
  ]);
  return { adapter, rates, quote, base };
}

type Market = Awaited<ReturnType<typeof deployMarket>>;

async function deployMarket(site: Site, optionMarket: Contract, { adapter, quote, base }: Synths) {
  const libraries = {
    GWAV: (await deploy(site, 'GWAV')).address,
    BlackScholes: (await deploy(site, 'BlackScholes')).address,
  };
  const pricer = await deploy(site, 'OptionMarketPricer');
  const greekCache = await deploy(site, 'OptionGreekCache', [], libraries);
  const liquidityPool = await deploy(site, 'LiquidityPool');
  const liquidityToken = await deploy(site, 'LiquidityToken', ['sUSD/sETH Pool', 'LyraELPT']);
  const optionToken = await deploy(site, 'OptionToken', ['sUSD/sETH Options', 'LyraEOT']);
  const shortCollateral = await deploy(site, 'ShortCollateral');
  const hedger = await deploy(site, 'ShortPoolHedger');
  const [snx, om, gc, lp, sc, ot] = [
    ...[adapter, optionMarket, greekCache, liquidityPool, shortCollateral, optionToken],
  ].map(({ address }) => address);
  const tokens = [quote.address, base.address];
  await perform(site, [
    step(optionMarket, 'init', snx, lp, pricer.address, gc, sc, ot, ...tokens),
    step(pricer, 'init', om, gc),
    step(greekCache, 'init', snx, om, pricer.address),
    step(liquidityPool, 'init', snx, om, liquidityToken.address, gc, hedger.address, sc, ...tokens),
    step(liquidityToken, 'init', lp),
    step(hedger, 'init', snx, om, gc, lp, ...tokens),
    step(shortCollateral, 'init', om, lp, ot, snx, ...tokens),
    step(optionToken, 'init', om, gc, sc, snx),
  ]);
  return { quote, optionMarket, pricer, greekCache, liquidityPool, optionToken, shortCollateral, hedger };
}

async function setParameters(site: Site, market: Market): Promise<void> {
  const { optionMarket, pricer, greekCache, liquidityPool, optionToken, hedger } = market;
  await perform(site, [
    step(optionMarket, 'setOptionMarketParams', parameters.MARKET_PARAMETERS),
    step(liquidityPool, 'setLiquidityPoolParameters', parameters.POOL_PARAMETERS),
    step(hedger, 'setPoolHedgerParams', parameters.HEDGER_PARAMETERS),
    step(hedger, 'setShortBuffer', wad(2)),
    step(greekCache, 'setGreekCacheParameters', parameters.GREEK_CACHE_PARAMETERS),
    step(greekCache, 'setMinCollateralParameters', parameters.MIN_COLLATERAL_PARAMETERS),
    step(greekCache, 'setForceCloseParameters', parameters.FORCE_CLOSE_PARAMETERS),
    step(pricer, 'setPricingParams', parameters.PRICING_PARAMETERS),
    step(pricer, 'setTradeLimitParams', parameters.TRADE_LIMIT_PARAMETERS),
    step(pricer, 'setVarianceFeeParams', parameters.VARIANCE_FEE_PARAMETERS),
    step(optionToken, 'setPartialCollateralParams', parameters.PARTIAL_COLLATERAL_PARAMETERS),
  ]);
}

async function stockPool(site: Site, { quote, liquidityPool, hedger }: Market): Promise<void> {
  const { deployer } = site.actors;
  const deposit = wad(parameters.POOL_DEPOSIT);
  await perform(site, [
    step(quote, 'mint', deployer, deposit),
    step(quote, 'approve', liquidityPool.address, MAX_UINT256),
    step(liquidityPool, 'initiateDeposit', deployer, deposit),
    step(hedger, 'openShortAccount'),
  ]);
}

async function listBoards(site: Site, optionMarket: Contract): Promise<void> {
  const { timestamp } = await site.chain.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  const skews = parameters.SKEWS.map(wad);
  await perform(
    site,
    parameters.BOARDS.map(({ days, baseIv, strikes }) => {
      const expiry = BigInt(timestamp) + BigInt(days) * parameters.DAY_SECONDS;
      const args = [expiry, wad(baseIv), strikes.map(wad), skews, false];
      return { contract: optionMarket, functionName: 'createOptionBoard', args };
    }),
  );
}

function step(contract: Contract, functionName: string, ...args: readonly unknown[]): Step {
  return { contract, functionName, args };
}
