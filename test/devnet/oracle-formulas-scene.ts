import { encodeCall, type AssetSymbol, type Contract, type Devnet } from '@undertow/devnet';
import type { Address, Hex } from '@undertow/market';

const NONE: Address = `0x${'0'.repeat(40)}`;
const WAD = 10n ** 18n;
const YEAR = 365n * 86_400n;

/** Price sources beside those that the local chain has by itself, and who uses them. */
export interface OracleScene {
  /** Prices USDC at Aave v3.0: a dollar, whatever the feed says. */
  readonly constant: Contract;
  /** Prices LINK at Aave v3.0: a number of WETH, times the WETH feed. */
  readonly cross: Contract;
  /** Prices WBTC at Aave v3.6: its feed less a discount that falls. */
  readonly discounted: Contract;
  /** Oracles of Morpho markets in which an owner has a position: without any feed, and of a vault over one feed. */
  readonly pairOracles: readonly Address[];
}

/** Deploys the price sources, makes the venues use them, and opens a position in each new pair. */
export async function setOracleScene(devnet: Devnet): Promise<OracleScene> {
  const { assets, venues } = devnet.contracts;
  const { deployer } = devnet.actors;
  const deploy = (name: keyof Devnet['artifacts'] & string, args: readonly unknown[]) =>
    devnet.chain.deploy(devnet.artifacts[name as 'ConstantFeed'], args, deployer);
  const constant = await deploy('ConstantFeed', [8, 100_000_000n, 'Fixed USDC / USD']);
  const linkInWeth = await deploy('ConstantFeed', [18, WAD / 200n, 'LINK / WETH']);
  const cross = await deploy('CrossFeed', [
    ...[linkInWeth.address, assets.WETH.feedProxy, 8, 'LINK / WETH / USD'],
  ]);
  const { timestamp } = await devnet.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false]);
  const discounted = await deploy('DiscountedFeed', [
    ...[assets.WBTC.feedProxy, BigInt(timestamp) + YEAR / 2n, WAD / 50n, 'PT WBTC / USD'],
  ]);
  const price = (contract: Contract, symbols: readonly AssetSymbol[], feeds: readonly Contract[]) => ({
    ...{ from: deployer, to: contract.address },
    data: encodeCall(contract.abi, 'setAssetSources', [
      symbols.map((symbol) => assets[symbol].token),
      feeds.map(({ address }) => address),
    ]),
  });
  const [aave, aave36] = [
    { address: venues.aaveV3.oracle, abi: devnet.artifacts.AaveOracle.abi },
    { address: venues.aaveV36.oracle, abi: devnet.artifacts.Aave36Oracle.abi },
  ];
  await devnet.chain.send([
    price(aave, ['USDC', 'LINK'], [constant, cross]),
    price(aave36, ['WBTC'], [discounted]),
  ]);
  const side = (decimals: number, parts: { vault?: Address; feed1?: Address; feed2?: Address } = {}) => ({
    ...{ vault: NONE, feed1: NONE, feed2: NONE, decimals, ...parts },
    conversionSample: parts.vault ? WAD : 1n,
  });
  const { token: vault } = venues.aaveV36.staked;
  const none = await deploy('PairOracle', [side(18), side(6)]);
  const ofVault = await deploy('PairOracle', [
    side(18, { vault, feed1: assets.WETH.feedProxy }),
    side(6, { feed1: assets.USDC.feedProxy }),
  ]);
  const owner = devnet.owners[0]!;
  await borrowIn(devnet, { oracle: none.address, collateral: assets.LINK.token, owner });
  await borrowIn(devnet, { oracle: ofVault.address, collateral: vault, owner });
  return { constant, cross, discounted, pairOracles: [none.address, ofVault.address] };
}

/** Makes a market against USDC and lets an owner borrow 100 USDC against a thousand of the collateral. */
async function borrowIn(
  devnet: Devnet,
  {
    oracle,
    collateral,
    owner,
  }: { readonly oracle: Address; readonly collateral: Address; readonly owner: Address },
): Promise<void> {
  const { morpho, irm, markets } = devnet.contracts.venues.morphoBlue;
  const { USDC } = devnet.contracts.assets;
  const { bank } = devnet.actors;
  const { lltv } = markets[0]!.params;
  const params = { loanToken: USDC.token, collateralToken: collateral, oracle, irm, lltv };
  const call = (from: Address, functionName: string, args: readonly unknown[]) => ({
    ...{ from, to: morpho, data: encodeCall(devnet.artifacts.Morpho.abi, functionName, [params, ...args]) },
  });
  const approve = encodeCall(devnet.artifacts.MintableERC20.abi, 'approve', [morpho, 2n ** 256n - 1n]);
  await devnet.chain.send([
    { from: bank, to: collateral, data: approve },
    call(bank, 'createMarket', []),
    call(bank, 'supply', [10n ** 12n, 0n, bank, '0x']),
    call(bank, 'supplyCollateral', [1_000n * WAD, owner, '0x']),
    call(owner, 'borrow', [100n * 10n ** 6n, 0n, owner, owner]),
  ]);
}
