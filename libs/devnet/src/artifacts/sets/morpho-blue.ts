import type { ArtifactSet } from '../artifact-set.ts';
import { MORPHO_BLUE } from '../pinned-packages.ts';

/** Morpho Blue, compiled from its sources, and an oracle of our own with the views of its Chainlink oracle. */
export const MORPHO_BLUE_SET = {
  id: 'morpho-blue',
  title: 'Morpho Blue',
  packages: { morpho: MORPHO_BLUE },
  precompiled: {},
  compile: [
    {
      compiler: 'solc-0.8.19',
      sources: [{ from: 'morpho', as: 'src/' }],
      // Those of its own foundry.toml, so that the bytecode is the deployed one.
      settings: {
        optimizer: { enabled: true, runs: 999_999 },
        viaIR: true,
        evmVersion: 'paris',
        metadata: { bytecodeHash: 'none' },
      },
      contracts: { Morpho: 'Morpho', IrmMock: 'IrmMock' },
      // Morpho emits its events from a library, so its own ABI lacks them.
      eventsOf: { Morpho: ['EventsLib'] },
    },
    {
      compiler: 'solc-0.8.19',
      ownSources: { 'PairOracle.sol': 'PairOracle.sol' },
      settings: { optimizer: { enabled: true, runs: 200 }, evmVersion: 'paris' },
      contracts: { PairOracle: 'PairOracle' },
    },
  ],
} as const satisfies ArtifactSet;
