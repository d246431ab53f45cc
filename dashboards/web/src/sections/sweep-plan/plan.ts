import { DEFAULT_SETTINGS, type Settings } from '../../scenario/scenario.ts';
import type { PlanChoice } from './choice.ts';

/** A plan as the API takes it and gives it back: `libs/sweep`'s, as much of it as is read here. */
export interface SweepPlan {
  readonly version: number;
  readonly kind: 'grid' | 'historical' | 'monte-carlo';
  readonly policies?: {
    readonly liquidators?: { readonly kind: string; readonly gasUsd?: number; readonly capitalUsd?: number };
    readonly oracles?: string;
    readonly depositors?: string;
  };
  readonly depthFactor?: number;
  readonly volatilityMove?: number;
  readonly axes?: readonly { readonly what: string; readonly moves: readonly number[] }[];
  readonly isProduct?: boolean;
  readonly factors?: readonly string[];
  readonly horizonSeconds?: number;
  readonly stepSeconds?: number;
  readonly windows?: readonly { readonly start: number }[];
  readonly count?: number;
  readonly seed?: number;
  readonly priceSources?: readonly {
    readonly what: string;
    readonly source: string;
    readonly prices: number;
    readonly from: number;
    readonly to: number;
  }[];
  readonly model?: {
    readonly kind: 'student-t' | 'filtered-historical';
    readonly degreesOfFreedom?: number;
    readonly covariance?: readonly (readonly number[])[];
    readonly steps?: number;
  };
}

/** Seconds of a year of 365 days, in which volatilities are counted. */
const YEAR = 365 * 86_400;

/** The plan that a choice says by itself; undefined where it is estimated from stored prices, which the API has. */
export function planOf(choice: PlanChoice): SweepPlan | undefined {
  const { kind, factors, moves, isProduct, count, seed } = choice;
  if (kind === 'grid')
    return { version: 1, kind, axes: factors.map(({ what }) => ({ what, moves })), isProduct };
  if (kind !== 'student-t') return undefined;
  return {
    ...{ version: 1, kind: 'monte-carlo', count, seed },
    factors: factors.map(({ what }) => what),
    model: { kind, degreesOfFreedom: choice.degrees, covariance: covarianceOf(choice) },
  };
}

/** σᵢ σⱼ ρᵢⱼ × horizon ÷ year. */
function covarianceOf({ factors, correlation, horizonSeconds }: PlanChoice): number[][] {
  const part = horizonSeconds / YEAR;
  return factors.map((one, row) =>
    factors.map(
      (other, column) => one.volatility * other.volatility * (row === column ? 1 : correlation) * part,
    ),
  );
}

/** Settings as a plan has them: what is as the engine does it by itself is left out. */
export function settingsInPlan(
  settings: Settings,
): Pick<SweepPlan, 'policies' | 'depthFactor' | 'volatilityMove'> {
  const { liquidators: kind, gasUsd, capitalUsd, oracles, depositors, depth, volatility } = settings;
  const liquidators =
    kind === 'unlimited' ? { kind } : kind === 'capital' ? { kind, gasUsd, capitalUsd } : { kind, gasUsd };
  const isUsual = kind === DEFAULT_SETTINGS.liquidators && gasUsd === DEFAULT_SETTINGS.gasUsd;
  const policies = {
    ...(!isUsual && { liquidators }),
    ...(oracles !== DEFAULT_SETTINGS.oracles && { oracles }),
    ...(depositors !== DEFAULT_SETTINGS.depositors && { depositors }),
  };
  return {
    ...(Object.keys(policies).length > 0 && { policies }),
    ...(depth !== DEFAULT_SETTINGS.depth && { depthFactor: depth }),
    ...(volatility !== DEFAULT_SETTINGS.volatility && { volatilityMove: volatility }),
  };
}

/** The settings under which a plan runs, for a single one of its scenarios. */
export function settingsOf({ policies = {}, depthFactor, volatilityMove }: SweepPlan): Settings {
  const { liquidators, oracles, depositors } = policies;
  // A plan says only what the engine knows.
  return {
    volatility: volatilityMove ?? DEFAULT_SETTINGS.volatility,
    depth: depthFactor ?? DEFAULT_SETTINGS.depth,
    liquidators: (liquidators?.kind ?? DEFAULT_SETTINGS.liquidators) as Settings['liquidators'],
    gasUsd: liquidators?.gasUsd ?? DEFAULT_SETTINGS.gasUsd,
    capitalUsd: liquidators?.capitalUsd ?? DEFAULT_SETTINGS.capitalUsd,
    oracles: (oracles ?? DEFAULT_SETTINGS.oracles) as Settings['oracles'],
    depositors: (depositors ?? DEFAULT_SETTINGS.depositors) as Settings['depositors'],
  };
}
