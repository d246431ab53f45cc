import { BadDataError } from '@undertow/units';

/** What stress is read off. All ratios; larger is worse, but of depth. */
export const INDICATORS = ['volatility', 'depth', 'utilisation', 'lag-flags'] as const;
export type Indicator = (typeof INDICATORS)[number];

/**
 * When an indicator makes a level of stress.
 *
 * - `volatility`: present ÷ long-run volatility; `depth`: present ÷ usual depth (worse when smaller); `utilisation`: borrowed ÷ supplied;
 *   `lag-flags`: number of open flags on the asset's oracles.
 */
export interface IndicatorRule {
  readonly indicator: Indicator;
  /** At or beyond it there is stress … */
  readonly enters: number;
  /** … until it is back at or beyond this: calmer than `enters`, so that noise around one value changes nothing. */
  readonly leaves: number;
  /** By how much the value is lowered (of a margin: raised) while there is stress, as a share of itself. */
  readonly tightens: number;
}

/** What a parameter does ahead of losses. */
export interface PreemptiveRule {
  readonly indicators: readonly IndicatorRule[];
  /** The value is never tightened by more than this in all, a share. */
  readonly most: number;
}

/** What was observed; an indicator that is not there changes nothing, and is named. */
export type Observed = Readonly<Partial<Record<Indicator, number>>>;

/** What holds after an observation, to be given to the next. */
export interface Stress {
  /** Indicators that are in stress. */
  readonly entered: readonly Indicator[];
  /** Share by which the value is tightened. */
  readonly tightens: number;
  /** Indicators of the rule that were not observed: they stay as they were. */
  readonly missing: readonly Indicator[];
  /** What changed, in whole sentences. */
  readonly words: readonly string[];
}

export const CALM: Stress = { entered: [], tightens: 0, missing: [], words: [] };

/**
 * What an observation does to a parameter, ahead of losses: indicators enter and leave stress with hysteresis, what they tighten adds up to at
 * most the rule's most. Steps and delays are `pathTo`'s: this gives the target.
 *
 * @throws BadDataError for a rule whose way back is not calmer than its way in, and shares that are none.
 */
export function nextStress(rule: PreemptiveRule, before: Stress, observed: Observed): Stress {
  checkRule(rule);
  const entered: Indicator[] = [];
  const missing: Indicator[] = [];
  const words: string[] = [];
  let tightens = 0;
  for (const one of rule.indicators) {
    const { indicator } = one;
    const was = before.entered.includes(indicator);
    const value = observed[indicator];
    const is = value === undefined || !Number.isFinite(value) ? was : isStressed(one, { value, was });
    if (value === undefined || !Number.isFinite(value)) missing.push(indicator);
    if (is) {
      entered.push(indicator);
      tightens += one.tightens;
    }
    if (is && !was) words.push(`${indicator} is ${value}, at or beyond ${one.enters}: it is stress.`);
    if (was && !is) words.push(`${indicator} is ${value}, back at or beyond ${one.leaves}: it is calm.`);
  }
  return { entered, tightens: Math.min(rule.most, tightens), missing, words };
}

const isWorseWhenSmaller = (indicator: Indicator) => indicator === 'depth';

function isStressed(
  { indicator, enters, leaves }: IndicatorRule,
  { value, was }: { readonly value: number; readonly was: boolean },
): boolean {
  const sign = isWorseWhenSmaller(indicator) ? -1 : 1;
  return was ? sign * value > sign * leaves : sign * value >= sign * enters;
}

/** A threshold, loan-to-value or cap that is tightened: lower; a margin: higher, at most 1. */
export const tightened = (value: number, { tightens }: Stress, way: 'down' | 'up'): number =>
  way === 'down' ? value * (1 - tightens) : Math.min(1, value * (1 + tightens));

function checkRule({ indicators, most }: PreemptiveRule): void {
  if (!(most >= 0 && most < 1))
    throw new BadDataError(`a rule may tighten by a share from 0 to below 1 in all, but by ${most}`);
  for (const { indicator, enters, leaves, tightens } of indicators) {
    const isCalmer = isWorseWhenSmaller(indicator) ? leaves > enters : leaves < enters;
    if (!isCalmer)
      throw new BadDataError(
        `${indicator} enters stress at ${enters} and leaves it at ${leaves}, which is not calmer: noise around one value would change the parameter again and again`,
      );
    if (!(tightens >= 0 && tightens < 1))
      throw new BadDataError(`${indicator} must tighten by a share from 0 to below 1, but by ${tightens}`);
  }
  const named = indicators.map(({ indicator }) => indicator);
  const twice = named.find((name, at) => named.indexOf(name) !== at);
  if (twice !== undefined) throw new BadDataError(`${twice} is in the rule twice`);
}
