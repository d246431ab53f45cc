import { hardhat, type ArtifactSet } from '../artifact-set.ts';
import { PERP_CURIE, PERP_ORACLE } from '../pinned-packages.ts';

/** Perp v2 ("Curie") and the price feeds that it reads. */
export const PERP_V2_SET = {
  id: 'perp-v2',
  title: 'Perp v2',
  packages: { curie: PERP_CURIE, oracle: PERP_ORACLE },
  precompiled: {
    PerpAccountBalance: hardhat('curie', 'AccountBalance'),
    PerpBaseToken: hardhat('curie', 'BaseToken'),
    PerpClearingHouse: hardhat('curie', 'ClearingHouse'),
    PerpClearingHouseConfig: hardhat('curie', 'ClearingHouseConfig'),
    PerpCollateralManager: hardhat('curie', 'CollateralManager'),
    PerpDelegateApproval: hardhat('curie', 'DelegateApproval'),
    PerpExchange: hardhat('curie', 'Exchange'),
    PerpInsuranceFund: hardhat('curie', 'InsuranceFund'),
    PerpMarketRegistry: hardhat('curie', 'MarketRegistry'),
    PerpOrderBook: hardhat('curie', 'OrderBook'),
    PerpQuoteToken: hardhat('curie', 'QuoteToken'),
    PerpVault: hardhat('curie', 'Vault'),
    PerpPriceFeed: hardhat('oracle', 'ChainlinkPriceFeedV3'),
    PerpPriceFeedDispatcher: hardhat('oracle', 'PriceFeedDispatcher'),
  },
} as const satisfies ArtifactSet;
