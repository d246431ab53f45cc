import { planSizeUsd } from '../../accounts/plan-sizes.ts';
import type { Random } from '../../accounts/seeded-random.ts';
import type { AssetSymbol } from '../../deploy/listing.ts';
import { BOARDS, UNDERLYING } from './parameters.ts';

/** Numbers of `OptionMarket.OptionType`. */
export const OPTION_TYPE = {
  longCall: 0,
  longPut: 1,
  shortCallBase: 2,
  shortCallQuote: 3,
  shortPutQuote: 4,
} as const;

export type OptionKind = keyof typeof OPTION_TYPE;

export interface PlannedOption {
  /** Index of the board, and of the strike on it. */
  readonly board: number;
  readonly strike: number;
  readonly kind: OptionKind;
  /** Value of the collateral (of a long: of what it is written on), USD. */
  readonly sizeUsd: number;
  /** Collateral ÷ the least that the venue asks for. */
  readonly health: number;
}

export type LyraAvalonPlan = readonly PlannedOption[];

/** Share of the owners who use the venue. */
const USED_BY = 0.25;

/** Number of positions: one, two, three. */
const COUNT_WEIGHTS = [0.7, 0.2, 0.1];

const KIND_WEIGHTS: readonly (readonly [OptionKind, number])[] = [
  ['shortPutQuote', 0.34],
  ['shortCallQuote', 0.26],
  ['shortCallBase', 0.26],
  ['longCall', 0.08],
  ['longPut', 0.06],
];

const BOARD_WEIGHTS = [0.6, 0.4];
const STRIKE_WEIGHTS = [0.15, 0.2, 0.3, 0.2, 0.15];

/** Share of positions so small that the least collateral of a position binds, and what is left of their size. */
const SMALL = { share: 0.06, factor: 0.01 };

export function planLyraAvalon(random: Random): LyraAvalonPlan | undefined {
  if (random.uniform() >= USED_BY) return undefined;
  return Array.from({ length: 1 + random.choose(COUNT_WEIGHTS) }, () => {
    const [kind] = KIND_WEIGHTS[random.choose(KIND_WEIGHTS.map(([, weight]) => weight))]!;
    const factor = random.uniform() < SMALL.share ? SMALL.factor : 1;
    return {
      kind,
      board: random.choose(BOARD_WEIGHTS.slice(0, BOARDS.length)),
      strike: random.choose(STRIKE_WEIGHTS),
      sizeUsd: planSizeUsd(random) * factor,
      health: 1.003 + 0.997 * random.uniform() ** 1.6,
    };
  });
}

/** The liquidator's part of the penalty, where the collateral is the synthetic underlying: at most 0.2 × 0.4 of it. */
export function saleableOnLyraAvalon(plan: LyraAvalonPlan): ReadonlyMap<AssetSymbol, number> {
  const based = plan.filter(({ kind }) => kind === 'shortCallBase');
  return new Map([[UNDERLYING, based.reduce((sum, { sizeUsd }) => sum + 0.08 * sizeUsd, 0)]]);
}
