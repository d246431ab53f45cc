import type { Replayed } from './replayed.ts';

/** An event of the past that can be played again. */
export interface Replay {
  readonly about: string;
  /** False where it is rebuilt from published figures alone. */
  readonly needsFiles: boolean;
  /** Plays it from the public files in a folder; what it needs is loaded then. */
  readonly play: (folder: string) => Promise<Replayed>;
}

export const REPLAYS: Readonly<Record<string, Replay>> = {
  'maker-2020-03': {
    about:
      'the hour by which Maker’s oracle was late, and what that hid hour by hour on 12 and 13 March 2020',
    needsFiles: true,
    play: async (folder) => (await import('./replays/maker.ts')).playMaker(folder),
  },
  'usdc-2023-03': {
    about: 'USDC off its dollar: what a price held or capped at 1.00 hid, by source of the market’s price',
    needsFiles: true,
    play: async (folder) => (await import('./replays/usdc.ts')).playUsdc(folder),
  },
  'chainlink-2023-07': {
    about: 'rounds of Chainlink’s ETH / USD in July and August 2023, by a rule learned on other months',
    needsFiles: true,
    play: async (folder) => (await import('./replays/chainlink.ts')).playChainlink(folder),
  },
  'morpho-2025-11': {
    about: 'an oracle of xUSD that was written into its contract, while the market went to nothing',
    needsFiles: true,
    play: async (folder) => (await import('./replays/morpho.ts')).playMorpho(folder),
  },
  'capo-2026-03-10': {
    about:
      'the cap of wstETH that an update set 2.85 % too low: seen before it landed, and what it liquidated',
    needsFiles: false,
    play: async () => (await import('./replays/capo.ts')).playCapo(),
  },
};
