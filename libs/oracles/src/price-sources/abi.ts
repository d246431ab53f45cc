import type { Hex } from '@undertow/market';
import { encodeFunctionData, parseAbi } from 'viem/utils';

/** Views by which kinds of price sources are told apart, and which say what one is made of. All but text are one word. */
export const sourceViews = parseAbi([
  // Chainlink: AggregatorInterface, AggregatorV3Interface, and their proxy
  'function latestAnswer() view returns (int256)',
  'function latestRoundData() view returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)',
  'function decimals() view returns (uint8)',
  'function description() view returns (string)',
  'function aggregator() view returns (address)',
  'function minAnswer() view returns (int192)',
  'function maxAnswer() view returns (int192)',
  // What stands in for such a proxy elsewhere: RedStone PriceFeedBase, API3 Api3ReaderProxyV1, Pyth PythAggregatorV3
  'function getPriceFeedAdapter() view returns (address)',
  'function dapiName() view returns (bytes32)',
  'function priceId() view returns (bytes32)',
  // Aave: PriceCapAdapterBase
  'function BASE_TO_USD_AGGREGATOR() view returns (address)',
  'function RATIO_DECIMALS() view returns (uint8)',
  'function getRatio() view returns (int256)',
  'function getSnapshotRatio() view returns (uint256)',
  'function getSnapshotTimestamp() view returns (uint256)',
  'function getMaxRatioGrowthPerSecond() view returns (uint256)',
  'function getMaxRatioGrowthPerSecondScaled() view returns (uint256)',
  // PriceCapAdapterStable, EURPriceCapAdapterStable, PendlePriceCapAdapter
  'function ASSET_TO_USD_AGGREGATOR() view returns (address)',
  'function getPriceCap() view returns (int256)',
  'function getPriceCapRatio() view returns (int256)',
  'function MATURITY() view returns (uint256)',
  'function discountRatePerYear() view returns (uint64)',
  // FixedPriceAdapter, OneUSDFixedAdapter, GhoOracle
  'function ACL_MANAGER() view returns (address)',
  'function DECIMALS() view returns (uint8)',
  'function price() view returns (int256)',
  'function ONE_USD() view returns (int256)',
  'function GHO_PRICE() view returns (int256)',
  // CLSynchronicityPriceAdapterPegToBase and BaseToPeg, FixedRatioSynchronicityPriceAdapterBaseToPeg
  'function ASSET_TO_PEG() view returns (address)',
  'function PEG_TO_BASE() view returns (address)',
  'function BASE_TO_PEG() view returns (address)',
  'function DENOMINATOR() view returns (int256)',
  'function PRICE_RATIO() view returns (int256)',
  'function MULTIPLIER() view returns (int256)',
  // DiscountedMKRSKYAdapter
  'function REFERENCE_FEED() view returns (address)',
  'function EXCHANGE_RATE() view returns (uint256)',
  'function discount() view returns (uint256)',
  // Morpho: WstEthStEthExchangeRateChainlinkAdapter; Pendle: PendleSparkLinearDiscountOracle
  'function ST_ETH() view returns (address)',
  'function PT() view returns (address)',
  'function maturity() view returns (uint256)',
  'function baseDiscountPerYear() view returns (uint256)',
]);

/** Name of a view without arguments that gives one word. */
export type SourceView = Exclude<(typeof sourceViews)[number]['name'], 'latestRoundData' | 'description'>;

const encoded = new Map(
  sourceViews.map(({ name }) => [name, encodeFunctionData({ abi: sourceViews, functionName: name })]),
);

/** Call data of a view. */
export const viewData = (name: (typeof sourceViews)[number]['name']): Hex => encoded.get(name)!;

/** What an oracle of pairs and a vault say of themselves. */
const placeViews = parseAbi([
  'function price() view returns (uint256)',
  'function convertToAssets(uint256 shares) view returns (uint256)',
]);

export const ownPriceData: Hex = encodeFunctionData({ abi: placeViews, functionName: 'price' });

export const vaultData = (shares: bigint): Hex =>
  encodeFunctionData({ abi: placeViews, functionName: 'convertToAssets', args: [shares] });
