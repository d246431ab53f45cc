import { NO_SLIPPAGE, toxicityFrontier, type FrontierPoint } from '../incentive/toxicity-line.ts';
import type { ParameterPlace } from '../parameters/parameters-of.ts';
import type { Study } from '../study/study.ts';
import { bonusWith, closeShareOf, hardBoundOf, largestOn } from './hard-bound.ts';
import { termOf } from './ladder.ts';

/** Where liquidations of a market turn toxic, in the plane of threshold and bonus, and where the market stands in it. */
export interface MarketFrontier {
  /** The line with the slippage of closing the largest account, and with the lag of its oracle. */
  readonly points: readonly FrontierPoint[];
  /** The line that contracts check, without both. */
  readonly contract: readonly FrontierPoint[];
  /** As they are; undefined where they are not the same for all accounts. */
  readonly threshold: number | undefined;
  readonly bonus: number | undefined;
  /** How far prices turn by closing the largest account whole, a ratio; 0 where that is not known. */
  readonly slippage: number;
  /** Debt of the largest account, USD. */
  readonly sizeUsd: number;
  readonly closeShare: number;
  readonly lagFall: number;
  /** Why slippage is not in the line; undefined where it is. */
  readonly why: string | undefined;
}

const [GREATEST_BONUS, STEPS] = [0.25, 50];
/** From no bonus to a quarter, in steps of half a percent. */
const DRAWN = Array.from({ length: STEPS + 1 }, (_, at) =>
  Number(((at * GREATEST_BONUS) / STEPS).toFixed(4)),
);

/**
 * The toxicity frontier of a market, to be drawn; undefined of a whole venue and where nobody owes anything against the market.
 *
 * @param bonuses from which on points are computed, ratios of at least 0.
 */
export function marketFrontier(
  study: Study,
  place: ParameterPlace,
  bonuses: readonly number[] = DRAWN,
): MarketFrontier | undefined {
  const largest = place.marketRow === undefined ? undefined : largestOn(study.book, place);
  if (!largest) return undefined;
  const { lineAt, slippage, sizeUsd, lagFall, why } = hardBoundOf(study, place, largest);
  const closeShare = closeShareOf(study.book, place);
  const threshold = termOf({ study, place }, 'liquidationThreshold');
  const own = termOf({ study, place }, 'liquidationBonus');
  return {
    points: bonuses.map((bonus) => ({ bonus, ...lineAt(bonus) })),
    contract: toxicityFrontier(bonuses, { closeShare, slippage: NO_SLIPPAGE }),
    threshold,
    bonus: threshold === undefined ? own : bonusWith(study.book, place, { threshold, bonus: own ?? 0 }),
    slippage: slippage.whole - 1,
    sizeUsd,
    closeShare,
    lagFall,
    why,
  };
}
