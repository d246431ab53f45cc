/** What moves as people name it (`ETH`, `oracle:wstETH`), and by how much: -0.2 = 20 % down; above -1, at most 1000. */
export interface Move {
  readonly what: string;
  readonly move: number;
}

export const LIQUIDATORS = ['rational', 'unlimited', 'capital'] as const;
export const ORACLES = ['between', 'within'] as const;
export const DEPOSITORS = ['sell', 'hold'] as const;

/** How those who act behave, and what markets can take. */
export interface Settings {
  /** Move of all implied volatilities; 0.5 = half as much again. */
  readonly volatility: number;
  /** What the depth of all markets is multiplied by; above 0. */
  readonly depth: number;
  readonly liquidators: (typeof LIQUIDATORS)[number];
  /** What one call costs a liquidator, USD. */
  readonly gasUsd: number;
  /** What all calls of a round together repay at most, USD; only with `capital`. */
  readonly capitalUsd: number;
  readonly oracles: (typeof ORACLES)[number];
  readonly depositors: (typeof DEPOSITORS)[number];
}

/** What the engine does by itself; the capital is where choosing `capital` starts from. */
export const DEFAULT_SETTINGS: Settings = {
  volatility: 0,
  depth: 1,
  liquidators: 'rational',
  gasUsd: 0,
  capitalUsd: 1_000_000,
  oracles: 'between',
  depositors: 'sell',
};

/** What is asked of a run. */
export interface Scenario {
  readonly moves: readonly Move[];
  readonly settings: Settings;
  /** Changes of terms as people write them, such as `aave-v3@devnet WETH liquidationThreshold=0.8`. */
  readonly overrides: readonly string[];
}

/** A rise of more than a thousandfold is a typing error; the API draws the same line. */
export const LARGEST_RISE = 1_000;

/** Whether a ratio is a move that the API can answer for. */
export function isMove(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > -1 && ratio <= LARGEST_RISE;
}

/** Why a number is no move: what follows on its name in a sentence. */
export const NO_MOVE = `must be above −100\u202f% and at most ${(LARGEST_RISE * 100).toLocaleString('en-US')}\u202f%: nothing falls by all of its price or more`;

/** A scenario as the API takes it. */
export function scenarioVariables({ moves, settings, overrides }: Scenario) {
  const { volatility, depth, liquidators, gasUsd, capitalUsd, oracles, depositors } = settings;
  return {
    moves,
    volatilityMove: volatility,
    depthFactor: depth,
    policies: {
      liquidators,
      gasUsd: liquidators === 'unlimited' ? null : gasUsd,
      capitalUsd: liquidators === 'capital' ? capitalUsd : null,
      ...{ oracles, depositors },
    },
    overrides,
  };
}
