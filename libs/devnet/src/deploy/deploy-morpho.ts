import { encodeAbiParameters, keccak256 } from 'viem';
import type { DeployedMorphoMarket, DevnetContracts } from '../devnet.ts';
import type { Contract } from '../evm/contract.ts';
import type { Tokens } from './deploy-tokens.ts';
import { listingOf, MORPHO_MARKETS, type AssetSymbol } from './listing.ts';
import { deploy, perform, type Site } from './site.ts';

/** Deploys Morpho Blue, its mock rate model, an oracle per market, and creates the markets. */
export async function deployMorpho(site: Site, tokens: Tokens): Promise<DevnetContracts['morpho']> {
  const morpho = await deploy(site, 'Morpho', [site.actors.deployer]);
  const irm = await deploy(site, 'IrmMock');
  const lltvs = [...new Set(MORPHO_MARKETS.map(({ lltvWad }) => lltvWad))];
  await perform(site, [
    { contract: morpho, functionName: 'enableIrm', args: [irm.address] },
    ...lltvs.map((lltv) => ({ contract: morpho, functionName: 'enableLltv', args: [lltv] })),
  ]);
  const markets: DeployedMorphoMarket[] = [];
  for (const { collateral, lltvWad } of MORPHO_MARKETS) {
    const oracle = await deployFeedOracle(site, tokens, collateral);
    const params = {
      loanToken: tokens.USDC.token.address,
      collateralToken: tokens[collateral].token.address,
      oracle: oracle.address,
      irm: irm.address,
      lltv: lltvWad.toString(),
    };
    await perform(site, [{ contract: morpho, functionName: 'createMarket', args: [params] }]);
    markets.push({ id: marketId(params), collateral, loan: 'USDC', params });
  }
  return { morpho: morpho.address, irm: irm.address, markets };
}

function deployFeedOracle(site: Site, tokens: Tokens, collateral: AssetSymbol): Promise<Contract> {
  const [base, quote] = [tokens[collateral].proxy.address, tokens.USDC.proxy.address];
  const decimals = [listingOf(collateral).decimals, listingOf('USDC').decimals];
  return deploy(site, 'FeedOracle', [base, quote, ...decimals]);
}

/** Morpho's id of a market: the hash of its five parameters (`MarketParamsLib.id`). */
function marketId({ loanToken, collateralToken, oracle, irm, lltv }: DeployedMorphoMarket['params']) {
  const [address, uint256] = [{ type: 'address' }, { type: 'uint256' }] as const;
  const types = [address, address, address, address, uint256] as const;
  return keccak256(encodeAbiParameters(types, [loanToken, collateralToken, oracle, irm, BigInt(lltv)]));
}
