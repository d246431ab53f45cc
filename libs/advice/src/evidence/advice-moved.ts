import { contentWithTerms, type Book, type TermsOverride } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { adviseOne } from '../advice/advise-one.ts';
import { parameterKey, type Parameter } from '../parameters/parameter.ts';
import { parametersOf } from '../parameters/parameters-of.ts';
import { overrideOf } from '../search/candidate.ts';
import type { Asked } from '../study/asked.ts';
import { openStudy } from '../study/study.ts';
import { attributed, type Attribution } from './attribution.ts';

/** What an advice was made of, at one time. */
export interface AdviceMadeOf {
  readonly book: Book;
  readonly asked: Asked;
}

/** The inputs of an advice that are changed one at a time, in this order. */
export const MOVED_BY = [
  'accounts and prices',
  'terms',
  'depth',
  'scenarios',
  'volatilities and lags',
  'liquidators',
  'the question',
] as const;
export type MovedBy = (typeof MOVED_BY)[number];

/** One input as it is now, all others as they were: what an advice of these would be says what the input alone does. */
export interface MovedStep extends AdviceMadeOf {
  readonly input: MovedBy;
}

/** The parts of an advice. Books are taken apart into who owes what at which prices, the terms, and the depth. */
interface Parts {
  readonly 'accounts and prices': Book;
  readonly terms: Book;
  readonly depth: Book;
  readonly scenarios: Asked['plan'];
  readonly 'volatilities and lags': Pick<Asked, 'given' | 'horizonSeconds' | 'time'>;
  readonly liquidators: Pick<Asked, 'gasUsd' | 'capacityUsd'>;
  readonly 'the question': Omit<
    Asked,
    'plan' | 'given' | 'horizonSeconds' | 'time' | 'gasUsd' | 'capacityUsd'
  >;
}

/**
 * What moved the advised value since the last advice, by input, see `attributed`; an advice out of reach has no value. Each input that has
 * changed costs one more study.
 *
 * Where the two books differ in their assets their depth cannot be exchanged, and where a contract refuses the terms of one on the other
 * their terms cannot: these are then parts of `accounts and prices`.
 */
export function adviceMoved(
  before: AdviceMadeOf,
  after: AdviceMadeOf,
  parameter: Parameter,
): Attribution | undefined {
  const steps = movedSteps(before, after);
  const names = MOVED_BY.filter((input) => steps.some((step) => step.input === input));
  const valueAt = (changed: ReadonlySet<string>) => {
    if (changed.size === names.length) return valueOf(after, parameter);
    const [only] = changed;
    return valueOf(only === undefined ? before : steps.find(({ input }) => input === only)!, parameter);
  };
  // One is how it was, the other how it is.
  const all = (is: number) =>
    Object.fromEntries(MOVED_BY.map((name) => [name, names.includes(name) ? is : 0]));
  return attributed({ before: all(0), after: all(1) }, MOVED_BY, (inputs) =>
    valueAt(new Set(MOVED_BY.filter((name) => inputs[name] === 1))),
  );
}

/** The inputs that have changed, each by itself; a pool may run the advice of each. */
export function movedSteps(before: AdviceMadeOf, after: AdviceMadeOf): MovedStep[] {
  const [from, to] = [partsOf(before), partsOf(after)];
  return MOVED_BY.filter((input) => hasChanged(input, from, to)).flatMap((input) => {
    const made = madeOf({ ...from, [input]: to[input] });
    return made ? [{ input, ...made }] : [];
  });
}

function partsOf({ book, asked }: AdviceMadeOf): Parts {
  const { plan, given, horizonSeconds, time = book.time, gasUsd, capacityUsd, ...question } = asked;
  return {
    'accounts and prices': book,
    terms: book,
    depth: book,
    scenarios: plan,
    // The moment only says whether what is given is still fresh.
    'volatilities and lags': defined({ given, horizonSeconds, ...(given?.length && { time }) }),
    liquidators: defined({ gasUsd, capacityUsd }),
    'the question': question,
  };
}

function hasChanged(input: MovedBy, from: Parts, to: Parts): boolean {
  if (input === 'accounts and prices') return from[input].hash !== to[input].hash;
  if (input === 'terms') return termsFrom(from.terms, to.terms).length > 0;
  if (input === 'depth')
    return sharesAssets(from.depth, to.depth) && depthText(from.depth) !== depthText(to.depth);
  return JSON.stringify(from[input]) !== JSON.stringify(to[input]);
}

const depthText = ({ depth }: Book): string =>
  JSON.stringify(
    depth.map(
      (one) =>
        one && { ...one, sqrtPrice: [...(one.sqrtPrice ?? [])], liquidity: [...(one.liquidity ?? [])] },
    ),
  );

const sharesAssets = (one: Book, other: Book): boolean =>
  one.assets.length === other.assets.length &&
  one.assets.every(({ address }, row) => other.assets[row]!.address === address);

/** What must be set on a book so that it has the terms of another, of what both have. */
function termsFrom(book: Book, other: Book): TermsOverride[] {
  if (book === other) return [];
  const theirs = new Map(
    parametersOf(other).map(({ parameter, current }) => [parameterKey(parameter), current]),
  );
  return parametersOf(book).flatMap((place) => {
    const value = theirs.get(parameterKey(place.parameter));
    if (value === undefined || place.current === undefined || value === place.current) return [];
    const override = overrideOf(place, value);
    return override ? [override] : [];
  });
}

/** What parts are an advice of; undefined where they do not fit together. A book of several is only tried, see `candidateOf`. */
function madeOf(parts: Parts): AdviceMadeOf | undefined {
  const own = parts['accounts and prices'];
  const { terms, depth } = parts;
  let book = own;
  try {
    const set = termsFrom(own, terms);
    if (set.length > 0) book = { ...contentWithTerms(own, set), hash: `${own.hash} terms ${terms.hash}` };
  } catch (cause) {
    if (!(cause instanceof BadDataError)) throw cause;
    // What accounts do then has the terms in it; the terms by themselves are no part.
    if (terms.hash !== parts.depth.hash) return undefined;
  }
  if (depth !== own && sharesAssets(own, depth))
    book = { ...book, depth: depth.depth, hash: `${book.hash} depth ${depth.hash}` };
  const asked = {
    ...parts['the question'],
    ...parts.liquidators,
    ...parts['volatilities and lags'],
    plan: parts.scenarios,
  };
  return { book, asked };
}

function valueOf({ book, asked }: AdviceMadeOf, parameter: Parameter): number | undefined {
  const key = parameterKey(parameter);
  const place = parametersOf(book).find((one) => parameterKey(one.parameter) === key);
  return place && adviseOne(openStudy(book, asked), place).advised?.value;
}

/** Without fields that are there and undefined. */
const defined = <Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]: NonNullable<Fields[Key]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
