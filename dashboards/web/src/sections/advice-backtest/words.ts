import { minute } from '../../format/time.ts';
import type { OneAdvice } from '../advice-one/load.ts';
import { writeDuration } from '../sweep-plan/duration.ts';

export type Backtest = NonNullable<OneAdvice['backtest']>;

const NAMES: Readonly<Record<string, string>> = {
  advised: 'advised anew',
  'advised, buffer': '… with a buffer',
  'advised, stressed': '… with stress',
  'advised, floor': '… with a floor',
  'first held': 'never changed',
  SmartLTV: 'SmartLTV',
  excursions: 'one-hour falls',
  present: 'present value',
  'this advice': 'this advice, held',
};

/** What a line of a backtest is called on the page. */
export const lineName = (name: string): string => NAMES[name] ?? name;

/** Over what it was, in a sentence. */
export function overWords({ of, symbol, horizonSeconds, from, to, source }: Backtest): string {
  const what = of === 'cascade' ? 'The advice itself, through whole cascades' : `Prices of ${symbol ?? '?'}`;
  const span = from === null || to === null ? '' : ` from ${minute(from)} to ${minute(to)} UTC`;
  const windows = horizonSeconds === null ? '' : `, in windows of ${writeDuration(horizonSeconds)}`;
  return `${what}${span}${windows}.${source === null ? '' : ` Prices: ${source}.`}`;
}
