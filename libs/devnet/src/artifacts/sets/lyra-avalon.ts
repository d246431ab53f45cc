import { hardhat, type ArtifactSet } from '../artifact-set.ts';
import { LYRA_AVALON } from '../pinned-packages.ts';

const lyra = (path: string) => hardhat('lyra', path);

/** Lyra Avalon, the Synthetix mocks that its package carries for its own tests, and price rates of our own over feeds. */
export const LYRA_AVALON_SET = {
  id: 'lyra-avalon',
  title: 'Lyra Avalon',
  packages: { lyra: LYRA_AVALON },
  precompiled: {
    OptionMarket: lyra('OptionMarket'),
    OptionMarketPricer: lyra('OptionMarketPricer'),
    OptionGreekCache: lyra('OptionGreekCache'),
    OptionToken: lyra('OptionToken'),
    LiquidityPool: lyra('LiquidityPool'),
    LiquidityToken: lyra('LiquidityToken'),
    ShortCollateral: lyra('ShortCollateral'),
    ShortPoolHedger: lyra('ShortPoolHedger'),
    SynthetixAdapter: lyra('SynthetixAdapter'),
    GWAV: lyra('libraries/GWAV'),
    BlackScholes: lyra('libraries/BlackScholes'),
    TestExchanger: lyra('test-helpers/TestExchanger'),
    TestERC20Fail: lyra('test-helpers/TestERC20Fail'),
    TestSynthetixReturnZero: lyra('test-helpers/TestSynthetixReturnZero'),
    TestDelegateApprovals: lyra('test-helpers/TestDelegateApprovals'),
    TestCollateralShort: lyra('test-helpers/TestCollateralShort'),
    TestAddressResolver: lyra('test-helpers/TestAddressResolver'),
  },
  compile: [
    {
      compiler: 'solc-0.8.19',
      ownSources: { 'FeedExchangeRates.sol': 'FeedExchangeRates.sol' },
      settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'paris' },
      contracts: { FeedExchangeRates: 'FeedExchangeRates' },
    },
  ],
} as const satisfies ArtifactSet;
