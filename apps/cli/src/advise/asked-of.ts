import { isDeepStrictEqual } from 'node:util';
import {
  givenFromReturns,
  type Asked,
  type Behaviour,
  type GivenInput,
  type LossesOf,
  type Tolerance,
} from '@undertow/advice';
import { jointReturns, priceTable, type PriceRow } from '@undertow/sweep';
import { UsageError } from '../explain-error.ts';
import { givenInput } from './given-option.ts';
import { DAY, HOUR, planAndPricesOf, type PlanOptions } from '../sweep/plan-of.ts';

/** What an advice is asked for, in the words of the command line. */
export interface AskedOptions extends PlanOptions {
  readonly tolerance?: Tolerance['most'];
  readonly losses?: LossesOf;
  readonly confidence?: number;
  readonly behaviour?: Behaviour;
  readonly stepBps?: number;
  readonly confirm?: 'all' | 'wide';
  /** See `givenInput`. */
  readonly given?: readonly string[];
}

/** A thousandth of what is borrowed on the market: what is put up with where nobody says. */
export const DEFAULT_TOLERANCE: Tolerance['most'] = { kind: 'share', share: 0.001 };
export const DEFAULT_CONFIDENCE = 0.99;

/**
 * The question that options mean, and the prices of the past that it was made of: none where a plan was given, or nothing. Prices also
 * give what is known of each factor's volatility; without prices and without a plan there is none, and advices say so.
 *
 * @param to unix seconds: what is asked is what could be asked then, of the prices up to it.
 * @param isNamed whether a market or a parameter is named: then values are confirmed in all scenarios, else in the worst tenth.
 * @throws UsageError for options that do not fit together, and for files that are not what they should be.
 */
export async function askedAndPricesOf(
  options: AskedOptions,
  isNamed = false,
  to?: number,
): Promise<{ readonly asked: Asked; readonly rows: readonly PriceRow[] }> {
  if (options.grid !== undefined)
    throw new UsageError('A grid has no probabilities, and gives no advice: give --prices or --plan.');
  const found = await planAndPricesOf(options, to);
  const { tolerance = DEFAULT_TOLERANCE, losses, confidence = DEFAULT_CONFIDENCE } = options;
  const { behaviour, stepBps, confirm, horizon = DAY } = options;
  const given = (options.given ?? []).map(givenInput);
  const measured = found ? measuredOf(found.rows, options) : [];
  // What a person says of a factor holds, whatever its prices say.
  const isSaid = ({ name, of }: GivenInput) =>
    given.some((one) => isDeepStrictEqual([one.name, one.of], [name, of]));
  const asked: Asked = {
    plan: found?.plan,
    confidence,
    tolerance: { most: tolerance, ...(losses && { of: losses }) },
    given: [...given, ...measured.filter((one) => !isSaid(one))],
    ...(behaviour && { behaviour }),
    ...(stepBps !== undefined && { stepBps }),
    confirm: confirm ?? (isNamed ? 'all' : 'wide'),
    ...(options.prices !== undefined && { horizonSeconds: horizon }),
  };
  return { asked, rows: found?.rows ?? [] };
}

function measuredOf(rows: readonly PriceRow[], { step = HOUR, prices = [] }: AskedOptions): GivenInput[] {
  if (rows.length === 0) return [];
  const returns = jointReturns(priceTable(rows, step), { horizonSeconds: step });
  return givenFromReturns(returns, prices.join(', '));
}
