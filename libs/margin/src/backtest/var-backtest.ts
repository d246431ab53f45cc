import { BadDataError } from '@undertow/units';
import { coverageTests, type CoverageTests } from './coverage-tests.ts';
import type { Forecasts } from './one-step-ahead.ts';
import { procyclicality, type Procyclicality } from './procyclicality.ts';
import { zoneBounds, zoneOf, type Zone, type ZoneBounds } from './traffic-light.ts';

/** How a value at risk stood up to what came. */
export interface VarBacktest extends CoverageTests {
  readonly level: number;
  /** Of the whole series, and how many of its windows, one at each step, were in which zone. */
  readonly trafficLight: {
    readonly zone: Zone;
    readonly window: ZoneBounds & { readonly steps: number };
    /** Windows by zone; all 0 where the series is shorter than one. */
    readonly windows: Readonly<Record<Zone, number>>;
  };
  readonly procyclicality: Procyclicality;
  /** The mean value at risk, a ratio of the price: what it cost to be covered so well. */
  readonly meanValueAtRisk: number;
  /** Mean loss in the exceptions ÷ mean value at risk in them; undefined where there was none. */
  readonly meanExcess: number | undefined;
}

/** Days of the Basel Committee's window. */
const WINDOW = 250;
const RISE_STEPS = 5;

/**
 * Tests forecasts against what came.
 *
 * @param window steps of the traffic light; default 250.
 * @param riseSteps see `procyclicality`; default 5.
 * @throws BadDataError for forecasts of which there is none, or that are of 0 (a price that never moved).
 */
export function varBacktest(
  { losses, valueAtRisk, choice: { level } }: Pick<Forecasts, 'losses' | 'valueAtRisk' | 'choice'>,
  { window = WINDOW, riseSteps = RISE_STEPS }: { readonly window?: number; readonly riseSteps?: number } = {},
): VarBacktest {
  if (losses.length === 0) throw new BadDataError('there is no forecast to test');
  const isException = Array.from(losses, (loss, at) => loss > valueAtRisk[at]!);
  const tests = coverageTests(isException, { level });
  const bounds = zoneBounds({ count: window, level });
  const [lossSum, riskSum] = sumsOfExceptions(losses, valueAtRisk);
  return {
    ...tests,
    level,
    trafficLight: {
      zone: zoneOf(tests.exceptions, zoneBounds({ count: losses.length, level })),
      window: { ...bounds, steps: window },
      windows: zonesOfWindows(isException, { window, bounds }),
    },
    procyclicality: procyclicality(valueAtRisk, { steps: riseSteps }),
    meanValueAtRisk: valueAtRisk.reduce((sum, value) => sum + value, 0) / valueAtRisk.length,
    meanExcess: tests.exceptions === 0 ? undefined : lossSum / riskSum,
  };
}

/** Of what was lost, and of what had been said, in the steps in which more was lost. */
function sumsOfExceptions(losses: Float64Array, valueAtRisk: Float64Array): [loss: number, risk: number] {
  let [loss, risk] = [0, 0];
  for (const [at, value] of losses.entries()) {
    if (!(value > valueAtRisk[at]!)) continue;
    loss += value;
    risk += valueAtRisk[at]!;
  }
  return [loss, risk];
}

function zonesOfWindows(
  isException: readonly boolean[],
  { window, bounds }: { readonly window: number; readonly bounds: ZoneBounds },
): Record<Zone, number> {
  const zones = { green: 0, yellow: 0, red: 0 };
  let within = 0;
  for (const [at, is] of isException.entries()) {
    within += Number(is) - Number(at >= window && isException[at - window]!);
    if (at >= window - 1) zones[zoneOf(within, bounds)] += 1;
  }
  return zones;
}
