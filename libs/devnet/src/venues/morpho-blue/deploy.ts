import { encodeAbiParameters, keccak256, type Hex } from 'viem';
import { approve } from '../../deploy/deploy-tokens.ts';
import { listingOf, type AssetSymbol } from '../../deploy/listing.ts';
import { deploy, perform, ZERO_ADDRESS, type Site } from '../../deploy/site.ts';
import type { Contract } from '../../evm/contract.ts';
import type { BaseContracts } from '../../scene.ts';
import type { DeployedMorphoMarket, MorphoBlueContracts } from './contracts.ts';
import { MORPHO_MARKETS, type MorphoMarketTerms } from './markets.ts';

type Assets = BaseContracts['assets'];

/** Deploys Morpho Blue, its mock rate model, an oracle per market, and creates the markets. */
export async function deployMorphoBlue(site: Site, { assets }: BaseContracts): Promise<MorphoBlueContracts> {
  const morpho = await deploy(site, 'Morpho', [site.actors.deployer]);
  const irm = await deploy(site, 'IrmMock');
  const lltvs = [...new Set(MORPHO_MARKETS.map(({ lltvWad }) => lltvWad))];
  await perform(site, [
    { contract: morpho, functionName: 'enableIrm', args: [irm.address] },
    ...lltvs.map((lltv) => ({ contract: morpho, functionName: 'enableLltv', args: [lltv] })),
  ]);
  const markets: DeployedMorphoMarket[] = [];
  for (const terms of MORPHO_MARKETS) {
    const { collateral, loan, lltvWad } = terms;
    const oracle = await deployPairOracle(site, assets, terms);
    const params = {
      loanToken: assets[loan].token,
      collateralToken: assets[collateral].token,
      oracle: oracle.address,
      irm: irm.address,
      lltv: lltvWad.toString(),
    };
    await perform(site, [{ contract: morpho, functionName: 'createMarket', args: [params] }]);
    markets.push({ id: marketId(params), collateral, loan, params });
  }
  const tokens = [...new Set(markets.flatMap(({ collateral, loan }) => [collateral, loan]))];
  const spenders = [morpho.address];
  await approve(site, { tokens: tokens.map((symbol) => assets[symbol].token), spenders });
  return { morpho: morpho.address, irm: irm.address, markets };
}

function deployPairOracle(
  site: Site,
  assets: Assets,
  { collateral, loan, hasQuoteFeed }: MorphoMarketTerms,
): Promise<Contract> {
  const side = (symbol: AssetSymbol, feed1: Hex) => ({
    ...{ vault: ZERO_ADDRESS, conversionSample: 1n, feed1, feed2: ZERO_ADDRESS },
    decimals: listingOf(symbol).decimals,
  });
  return deploy(site, 'PairOracle', [
    side(collateral, assets[collateral].feedProxy),
    side(loan, hasQuoteFeed ? assets[loan].feedProxy : ZERO_ADDRESS),
  ]);
}

/** Morpho's id of a market: the hash of its five parameters (`MarketParamsLib.id`). */
function marketId({ loanToken, collateralToken, oracle, irm, lltv }: DeployedMorphoMarket['params']) {
  const [address, uint256] = [{ type: 'address' }, { type: 'uint256' }] as const;
  const types = [address, address, address, address, uint256] as const;
  return keccak256(encodeAbiParameters(types, [loanToken, collateralToken, oracle, irm, BigInt(lltv)]));
}
