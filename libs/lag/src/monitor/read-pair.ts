import { lastAtOrBefore, type PriceSeries } from '../series/price-series.ts';
import type { Reading } from './reading.ts';

/** One side of a market: its oracle and what the asset trades at. */
export interface PairLeg {
  readonly answers: PriceSeries;
  readonly market: PriceSeries;
}

/**
 * How far the two oracles of a market are from the ratio at which its two assets trade. Each may be within its threshold and the
 * pair still wrong: where they update apart, an account is valued at two times at once.
 */
export function readPair(
  legs: { readonly collateral: PairLeg; readonly debt: PairLeg },
  time: number,
): Reading {
  const ratio = (of: keyof PairLeg): number | undefined => {
    const price = ({ times, prices }: PriceSeries) => prices[lastAtOrBefore(times, time)];
    const [collateral, debt] = [price(legs.collateral[of]), price(legs.debt[of])];
    return collateral === undefined || debt === undefined ? undefined : collateral / debt;
  };
  const [answered, traded] = [ratio('answers'), ratio('market')];
  if (answered === undefined || traded === undefined) return { time, values: {} };
  return { time, values: { splitLegs: Math.abs(answered / traded - 1) } };
}

/** How far the oracles of one asset are apart: greatest answer ÷ least − 1. Undefined of fewer than two. */
export function disagreement(answers: readonly number[]): number | undefined {
  return answers.length < 2 ? undefined : Math.max(...answers) / Math.min(...answers) - 1;
}
