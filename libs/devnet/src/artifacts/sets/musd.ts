import type { ArtifactSet } from '../artifact-set.ts';
import { MUSD } from '../pinned-packages.ts';

/** MUSD, compiled from the complete compiler input of its own deployment, with its settings. */
export const MUSD_SET = {
  id: 'musd',
  title: 'MUSD',
  packages: { musd: MUSD },
  precompiled: {},
  compile: [
    {
      compiler: 'solc-0.8.24',
      input: { from: 'musd', file: 'solcInputs/def1ffb0a57a1d1aede0d49c8dd1d276.json' },
      leaveOut: /echidna|contracts\/tests\//,
      contracts: {
        MusdActivePool: 'ActivePool',
        MusdBorrowerOperations: 'BorrowerOperations',
        MusdBorrowerOperationsSignatures: 'BorrowerOperationsSignatures',
        MusdCollSurplusPool: 'CollSurplusPool',
        MusdDefaultPool: 'DefaultPool',
        MusdGasPool: 'GasPool',
        MusdGovernableVariables: 'GovernableVariables',
        MusdHintHelpers: 'HintHelpers',
        MusdInterestRateManager: 'InterestRateManager',
        MusdPCV: 'PCV',
        MusdPriceFeed: 'PriceFeed',
        MusdSortedTroves: 'SortedTroves',
        MusdStabilityPool: 'StabilityPool',
        MusdTroveManager: 'TroveManager',
        MusdToken: 'MUSD',
        MusdProxy: 'ERC1967Proxy',
      },
    },
  ],
} as const satisfies ArtifactSet;
