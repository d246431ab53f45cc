import { oneStepAhead } from '@undertow/margin';
import { BadDataError } from '@undertow/units';
import { toxicityLine, type Slippage } from '../incentive/toxicity-line.ts';
import type { Windows } from './windows.ts';

/** What the standalone line of an asset is made with, beside its prices: constants, as no history of depth is known. */
export interface StandaloneTerms {
  /** 0.99: of a hundred windows the fall is within the margin in 99. */
  readonly confidence: number;
  /** How long after an account is due it may take until it is closed: the length of a window. */
  readonly horizonSeconds: number;
  /** The liquidation bonus, 0.05 = 5 %. */
  readonly bonus: number;
  /** What closing an account does to prices, see `toxicityLine`. */
  readonly slippage: Slippage;
  /** What one call repays of a debt, above 0 up to 1. */
  readonly closeShare: number;
}

/** How the fall is told that a window is expected to stay within. */
export interface FallChoice {
  /** Windows that the order statistic is taken of. Default 250, of windows shorter than a day 1,000; more where the confidence needs more. */
  readonly memory?: number;
  /** Windows before the first of those, from which the first volatility is. Default 100. */
  readonly start?: number;
  /** λ of the volatility's EWMA, per window. Default 0.94. */
  readonly lambda?: number;
}

const DAY = 86_400;
const START = 100;
const LAMBDA = 0.94;

/** A choice with its defaults: a memory that is not given is long enough for the confidence. */
export function choiceOf(
  { memory, start = START, lambda = LAMBDA }: FallChoice,
  { horizonSeconds, confidence }: Pick<StandaloneTerms, 'horizonSeconds' | 'confidence'>,
): Required<FallChoice> {
  const least = Math.ceil(confidence / (1 - confidence) - 1e-9);
  return { memory: memory ?? Math.max(horizonSeconds < DAY ? 1_000 : 250, least), start, lambda };
}

/** A fall counts for at least this: one basis point, the step in which thresholds are set. */
const LEAST_FALL = 1e-4;

/** The fall that each window is expected to stay within, known when it begins. */
export interface ExpectedFalls {
  /** The place of the first window that has one. */
  readonly from: number;
  /** By window from there on, and one more: of the window that begins where the last one ends. Ratios above 0. */
  readonly falls: Float64Array;
}

/**
 * The falls that windows are expected to stay within at a confidence, each from the windows before it alone: filtered historical simulation,
 * `oneStepAhead` of libs/margin.
 *
 * @returns text where there are none, which says why: too few windows, or a price that did not move.
 */
export function expectedFalls(
  { logReturns, horizonSeconds }: Windows,
  confidence: number,
  choice: FallChoice = {},
): ExpectedFalls | string {
  if (!(confidence > 0 && confidence < 1))
    throw new BadDataError(`a confidence must be between 0 and 1, such as 0.99, but is ${confidence}`);
  const { memory, start, lambda } = choiceOf(choice, { horizonSeconds, confidence });
  const needed = memory + start;
  if (logReturns.length < needed)
    return `the history has ${logReturns.length} windows, and the first advice takes ${needed} before it`;
  if (logReturns.subarray(0, start).every((value) => value === 0))
    return `the price did not move in the first ${start} windows, so that there is no volatility to go by`;
  // One window more, whose outcome is not known and not used: its forecast is the present one.
  const withNext = new Float64Array(logReturns.length + 1);
  withNext.set(logReturns);
  const { from, valueAtRisk } = oneStepAhead(withNext, {
    level: confidence,
    memory,
    start,
    filter: { kind: 'ewma', lambda },
  });
  return { from, falls: valueAtRisk.map((fall) => Math.max(LEAST_FALL, fall)) };
}

/**
 * The standalone line: the largest threshold at which an account that becomes due at the start of a window, and is closed at its end,
 * leaves no bad debt if the price falls by no more than `fall`: the toxicity line × (1 − fall), a ratio. One asset against a debt that
 * stands still; no other accounts, no cascade.
 *
 * @throws BadDataError as `toxicityLine`, and for a fall that is not from 0 to below 1.
 */
export function standaloneThreshold(
  fall: number,
  { bonus, slippage, closeShare }: Pick<StandaloneTerms, 'bonus' | 'slippage' | 'closeShare'>,
): number {
  if (!(fall >= 0 && fall < 1)) throw new BadDataError(`a fall must be from 0 to below 1, but is ${fall}`);
  return toxicityLine(bonus, { closeShare, slippage }).threshold * (1 - fall);
}

/**
 * The fall that a threshold leaves room for, after bonus and slippage: 1 − threshold × (1 + bonus) × slippage. Below 0 where liquidations lose
 * even if no price falls.
 */
export const marginLeft = (
  threshold: number,
  { bonus, slippage }: Pick<StandaloneTerms, 'bonus' | 'slippage'>,
): number => 1 - threshold * (1 + bonus) * slippage.whole;
