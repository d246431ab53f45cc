import type { Hex } from 'viem';
import type { Contract } from '../evm/contract.ts';
import { FEED_DECIMALS, feedLabel, LISTINGS, type AssetSymbol } from './listing.ts';
import { deploy, MAX_UINT256, perform, ZERO_ADDRESS, type Site } from './site.ts';

/** A token and its Chainlink feed. */
export interface TokenAndFeed {
  readonly token: Contract;
  readonly aggregator: Contract;
  readonly proxy: Contract;
}

export type Tokens = Readonly<Record<AssetSymbol, TokenAndFeed>>;

/** Deploys every listed token and its feed (`FluxAggregator` behind `EACAggregatorProxy`) and posts the first round. */
export async function deployTokens(site: Site): Promise<Tokens> {
  const tokens: Partial<Record<AssetSymbol, TokenAndFeed>> = {};
  for (const { symbol, decimals, priceUsd } of LISTINGS) {
    const token = await deploy(site, 'MintableERC20', [symbol, symbol, decimals]);
    const aggregator = await deployAggregator(site, symbol);
    const proxy = await deploy(site, 'EACAggregatorProxy', [aggregator.address, ZERO_ADDRESS]);
    const answer = BigInt(priceUsd) * 10n ** BigInt(FEED_DECIMALS);
    const { keeper } = site.actors;
    await perform(site, [{ contract: aggregator, functionName: 'submit', args: [1n, answer], from: keeper }]);
    tokens[symbol] = { token, aggregator, proxy };
  }
  return tokens as Tokens;
}

/** One oracle, one submission makes a round; payment in LINK is switched off (0 per round). */
async function deployAggregator(site: Site, symbol: AssetSymbol): Promise<Contract> {
  const { keeper } = site.actors;
  // The LINK token is only ever called for payments; the constructor only stores its address.
  const unusedLink = '0x0000000000000000000000000000000000000001';
  const bounds = [1n, 10n ** 30n];
  const args = [unusedLink, 0n, 3_600, ZERO_ADDRESS, ...bounds, FEED_DECIMALS, feedLabel(symbol)];
  const aggregator = await deploy(site, 'FluxAggregator', args);
  const oracles = [[], [keeper], [keeper], 1, 1, 0];
  await perform(site, [{ contract: aggregator, functionName: 'changeOracles', args: oracles }]);
  return aggregator;
}

/** Tokens minted to each holder at the start, in whole units: enough for any run. */
const INVENTORY = 10n ** 13n;

/** Gives the bank and the liquidator tokens, and lets the spenders take them. */
export async function stockActors(site: Site, tokens: Tokens, spenders: readonly Hex[]): Promise<void> {
  const holders = [site.actors.bank, site.actors.liquidator];
  await perform(
    site,
    LISTINGS.flatMap(({ symbol, decimals }) => {
      const contract = tokens[symbol].token;
      const args = (holder: Hex) => [holder, INVENTORY * 10n ** BigInt(decimals)];
      return holders.map((holder) => ({ contract, functionName: 'mint', args: args(holder) }));
    }),
  );
  const addresses = LISTINGS.map(({ symbol }) => tokens[symbol].token.address);
  await approve(site, { tokens: addresses, spenders });
}

export interface Approval {
  readonly tokens: readonly Hex[];
  readonly spenders: readonly Hex[];
  /** Default: the bank and the liquidator, who have every listed token without end. */
  readonly holders?: readonly Hex[];
}

/** Lets spenders take tokens of holders, without limit. */
export async function approve(site: Site, { tokens, spenders, holders }: Approval): Promise<void> {
  const { bank, liquidator } = site.actors;
  const { abi } = site.artifacts.MintableERC20;
  const steps = tokens.flatMap((address) =>
    (holders ?? [bank, liquidator]).flatMap((from) =>
      spenders.map((spender) => ({
        ...{ contract: { address, abi }, functionName: 'approve', args: [spender, MAX_UINT256], from },
      })),
    ),
  );
  await perform(site, steps);
}
