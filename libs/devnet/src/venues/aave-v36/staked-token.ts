import type { Erc4626Vault } from '@undertow/oracles';
import type { Hex } from 'viem';
import { approve } from '../../deploy/deploy-tokens.ts';
import { rawUnits } from '../../deploy/listing.ts';
import { deploy, perform, type Site } from '../../deploy/site.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall, type Contract } from '../../evm/contract.ts';
import { symbolOfToken } from '../../actions/symbol-of-token.ts';
import { toUsd } from '../../actions/post-prices.ts';
import type { BaseContracts } from '../../scene.ts';
import type { Unwrapping } from '../aave-v3/claims.ts';
import type { PricesUsd } from '../devnet-venue.ts';
import type { VenueScene } from '../venue-scene.ts';
import type { DeployedStakedToken } from './contracts.ts';
import { FIRST_RATIO, type ReserveSymbol } from './reserves.ts';

/** Staked at the start, WETH: enough for any run. */
const STAKED_WETH = 10_000_000;

/** Yield that a move of the feeds brings, as a part of what is staked: one in 50,000. */
const YIELD_PART = 50_000n;

/**
 * How much the rate may grow in a year as its price source counts it, basis points. Far more than real caps (about 10 %),
 * for the market agent brings yield by the minute: it binds only when somebody sets it lower.
 */
const RATE_GROWTH_BPS = 10_000_000n;

/** Deploys the vault and its feed. The bank stakes, and yield makes the first ratio. */
export async function deployStakedToken(
  site: Site,
  { WETH }: BaseContracts['assets'],
): Promise<DeployedStakedToken> {
  const { bank } = site.actors;
  const vault = await deploy(site, 'StakedToken', [WETH.token, 'Staked WETH', 'stWETH']);
  await approve(site, { tokens: [WETH.token], spenders: [vault.address] });
  const weth = { address: WETH.token, abi: site.artifacts.MintableERC20.abi };
  const staked = rawUnits('WETH', STAKED_WETH);
  const earned = rawUnits('WETH', STAKED_WETH * (FIRST_RATIO - 1));
  await perform(site, [
    { contract: vault, functionName: 'deposit', args: [staked, bank], from: bank },
    { contract: weth, functionName: 'transfer', args: [vault.address, earned], from: bank },
  ]);
  const feed = await deploy(site, 'CappedRateFeed', [
    ...[WETH.feedProxy, vault.address, 'Capped stWETH / WETH / USD', RATE_GROWTH_BPS],
  ]);
  return { token: vault.address, feed: feed.address };
}

/** Yield for those who stake: the bank sends WETH to the vault. */
export async function earnYield(devnet: VenueScene): Promise<Transaction> {
  const vault = stakedToken(devnet);
  const total = await devnet.chain.read<bigint>(vault, 'totalAssets');
  const { token } = devnet.contracts.assets.WETH;
  const data = encodeCall(devnet.artifacts.MintableERC20.abi, 'transfer', [
    vault.address,
    total / YIELD_PART,
  ]);
  return { from: devnet.actors.bank, to: token, data };
}

/** How the liquidator sells a reserve's token: staked WETH is turned into WETH. */
export function unwrapStaked(devnet: VenueScene, token: Hex): Unwrapping {
  const vault = stakedToken(devnet);
  if (token !== vault.address) return { sold: symbolOfToken(devnet, token), calls: [] };
  const { liquidator } = devnet.actors;
  const data = encodeCall(vault.abi, 'redeem', [0n, liquidator, liquidator]);
  return { sold: 'WETH', calls: [{ target: vault.address, data, word: 0, amountOf: vault.address }] };
}

/** Prices of everything listed, the staked token included, USD. */
export type ReservePrices = ReadonlyMap<ReserveSymbol, number>;

/** Staked WETH at the answer of its own feed. */
export async function withStaked(devnet: VenueScene, prices: PricesUsd): Promise<ReservePrices> {
  return new Map<ReserveSymbol, number>([...prices, ['stWETH', toUsd(await readStakedAnswer(devnet))]]);
}

/** Staked WETH at what it is redeemed for: no market has any other price of it. */
export async function withStakedByRate(devnet: VenueScene, prices: PricesUsd): Promise<ReservePrices> {
  const ratio = await devnet.chain.read<bigint>(stakedToken(devnet), 'convertToAssets', [10n ** 18n]);
  return new Map<ReserveSymbol, number>([
    ...prices,
    ['stWETH', (Number(ratio) / 1e18) * (prices.get('WETH') ?? 0)],
  ]);
}

/** Price by the token's feed, USD with 8 decimals. */
export function readStakedAnswer(devnet: VenueScene): Promise<bigint> {
  const contract = {
    address: devnet.contracts.venues.aaveV36.staked.feed,
    abi: devnet.artifacts.CappedRateFeed.abi,
  };
  return devnet.chain.read<bigint>(contract, 'latestAnswer');
}

export function stakedToken(devnet: VenueScene): Contract {
  return {
    address: devnet.contracts.venues.aaveV36.staked.token,
    abi: devnet.artifacts.StakedToken.abi,
  };
}

/** How the token is watched. */
export function stakedVault({ token }: DeployedStakedToken, { WETH }: BaseContracts['assets']): Erc4626Vault {
  const { decimals, token: asset } = WETH;
  return { address: token, decimals, asset, assetDecimals: decimals };
}
