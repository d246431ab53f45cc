import { isMove, NO_MOVE } from '../../scenario/scenario.ts';
import { readDuration, writeDuration } from './duration.ts';

/** Where scenarios come from: the last three are estimated from stored prices. */
export const PLAN_KINDS = ['grid', 'student-t', 'fitted', 'historical', 'filtered'] as const;

export type PlanKind = (typeof PLAN_KINDS)[number];

/** What moves, and how much where somebody says it. */
export interface FactorChoice {
  /** As people name it: `ETH`, `market:CRV`. */
  readonly what: string;
  /** Standard deviation of its log return over a year; a ratio. Only a `student-t` reads it. */
  readonly volatility: number;
}

/** Which scenarios somebody wants, as an address and the form say it; what its kind does not read stays as it was. */
export interface PlanChoice {
  readonly kind: PlanKind;
  readonly factors: readonly FactorChoice[];
  /** Of a grid: moves of each factor, ratios. */
  readonly moves: readonly number[];
  /** Of a grid: every combination, instead of each move by itself. */
  readonly isProduct: boolean;
  /** Of a `student-t`: of every two factors. */
  readonly correlation: number;
  /** Of a `student-t`, above 2. */
  readonly degrees: number;
  readonly horizonSeconds: number;
  /** Between two stored prices. */
  readonly stepSeconds: number;
  readonly count: number;
  readonly seed: number;
}

/** Scenarios that the API runs at most. */
export const MOST_SCENARIOS = 100_000;

/** Where choosing starts from: nothing is claimed by it. ETH and BTC moved about so much in the years before 2026. */
export const DEFAULT_PLAN: PlanChoice = {
  kind: 'student-t',
  factors: [
    { what: 'ETH', volatility: 0.7 },
    { what: 'BTC', volatility: 0.5 },
  ],
  moves: [-0.1, -0.2, -0.3, -0.4, -0.5],
  isProduct: false,
  correlation: 0.8,
  degrees: 4,
  horizonSeconds: 86_400,
  stepSeconds: 3_600,
  count: 1_000,
  seed: 1,
};

/** A choice as texts: the fields of an address in the order in which they are written, and those of the form. */
export const PLAN_FIELDS = [
  ...(['plan', 'move', 'falls', 'combined', 'correlation'] as const),
  ...(['degrees', 'horizon', 'every', 'count', 'seed'] as const),
];

export type PlanTexts = Readonly<Record<(typeof PLAN_FIELDS)[number], string>>;

/** Which of them a kind reads. */
export const FIELDS_OF: Readonly<Record<PlanKind, readonly (keyof PlanTexts)[]>> = {
  grid: ['move', 'falls', 'combined'],
  'student-t': ['move', 'correlation', 'degrees', 'horizon', 'count', 'seed'],
  fitted: ['move', 'horizon', 'every', 'count', 'seed'],
  historical: ['move', 'horizon', 'every'],
  filtered: ['move', 'horizon', 'every', 'count', 'seed'],
};

/** `move=ETH:0.8,BTC:0.6&horizon=7d`: what is as choosing starts from is left out, and so is what the kind does not read. */
export function writePlan(choice: PlanChoice): string[] {
  const [texts, usual] = [textsOf(choice), textsOf({ ...DEFAULT_PLAN, kind: choice.kind })];
  return PLAN_FIELDS.filter((name) => name === 'plan' || FIELDS_OF[choice.kind].includes(name))
    .filter((name) => (name === 'plan' ? choice.kind !== DEFAULT_PLAN.kind : texts[name] !== usual[name]))
    .map(
      (name) => `${name}=${encodeURIComponent(texts[name]).replaceAll('%2C', ',').replaceAll('%3A', ':')}`,
    );
}

/** What an address says; what it does not say is as choosing starts from, and so is all where a part cannot be read. */
export function readPlan(fields: URLSearchParams, problems: string[]): PlanChoice {
  const usual = textsOf(DEFAULT_PLAN);
  const named = fields.get('plan') ?? DEFAULT_PLAN.kind;
  const start = { ...usual, move: named === 'student-t' ? usual.move : namesOf(DEFAULT_PLAN.factors) };
  const said = PLAN_FIELDS.map((name) => [name, fields.get(name) ?? start[name]] as const);
  const read = planOfTexts(Object.fromEntries(said) as PlanTexts);
  if (!('why' in read)) return read;
  problems.push(`the plan of a sweep cannot be read: ${read.why}`);
  return DEFAULT_PLAN;
}

/** The texts that say a choice. */
export function textsOf(choice: PlanChoice): PlanTexts {
  const { kind, factors, moves, isProduct, correlation, degrees } = choice;
  return {
    plan: kind,
    move:
      kind === 'student-t'
        ? factors.map(({ what, volatility }) => `${what}:${volatility}`).join(',')
        : namesOf(factors),
    falls: moves.join(','),
    combined: isProduct ? 'yes' : 'no',
    correlation: String(correlation),
    degrees: String(degrees),
    horizon: writeDuration(choice.horizonSeconds),
    every: writeDuration(choice.stepSeconds),
    count: String(choice.count),
    seed: String(choice.seed),
  };
}

const namesOf = (factors: readonly FactorChoice[]) => factors.map(({ what }) => what).join(',');

/** What of somebody's texts was not taken, and what would be right. */
export interface NotTaken {
  readonly why: string;
}

/**
 * What somebody typed, or an address says; `why` says what cannot be taken. Numbers may be percent: `ETH 80%` is `ETH:0.8`. Only what
 * the kind reads must be right: the rest stays as it was before.
 */
export function planOfTexts(texts: PlanTexts, before: PlanChoice = DEFAULT_PLAN): PlanChoice | NotTaken {
  const kind = PLAN_KINDS.find((one) => one === texts.plan);
  if (kind === undefined) return { why: `there is no plan “${texts.plan}”, only ${PLAN_KINDS.join(', ')}.` };
  const reads = new Set(FIELDS_OF[kind]);
  const factors = kind === 'student-t' ? readVolatilities(texts.move) : readNames(texts.move, before);
  if ('why' in factors) return factors;
  const read = {
    falls: readMoves(texts.falls),
    correlation: ratioOf(texts.correlation),
    degrees: numberOf(texts.degrees),
    horizon: readDuration(texts.horizon),
    every: readDuration(texts.every),
    count: numberOf(texts.count),
    seed: numberOf(texts.seed),
  };
  if (reads.has('falls') && 'why' in read.falls) return read.falls;
  for (const name of ['correlation', 'degrees', 'horizon', 'every', 'count', 'seed'] as const)
    if (reads.has(name) && !RIGHT[name](read[name], factors.length)) return { why: WRONG[name] };
  if (reads.has('every') && !Number.isInteger(read.horizon / read.every))
    return { why: 'the horizon must be one or more whole steps between prices, such as 1d in steps of 1h.' };
  const taken = <Value>(name: keyof PlanTexts, value: Value, usual: Value) =>
    reads.has(name) ? value : usual;
  return {
    ...{ kind, factors },
    moves: 'why' in read.falls || !reads.has('falls') ? before.moves : read.falls,
    isProduct: taken('combined', texts.combined === 'yes', before.isProduct),
    correlation: taken('correlation', read.correlation, before.correlation),
    degrees: taken('degrees', read.degrees, before.degrees),
    horizonSeconds: taken('horizon', read.horizon, before.horizonSeconds),
    stepSeconds: taken('every', read.every, before.stepSeconds),
    count: taken('count', read.count, before.count),
    seed: taken('seed', read.seed, before.seed),
  };
}

type Numbers = 'correlation' | 'degrees' | 'horizon' | 'every' | 'count' | 'seed';

const RIGHT: Readonly<Record<Numbers, (value: number, factors: number) => boolean>> = {
  // Below, or at 1, there is no such covariance.
  correlation: (value, factors) => value < 1 && value > -1 / Math.max(1, factors - 1),
  degrees: (value) => value > 2 && Number.isFinite(value),
  horizon: (value) => value > 0,
  every: (value) => value > 0,
  count: (value) => Number.isInteger(value) && value >= 1 && value <= MOST_SCENARIOS,
  seed: (value) => Number.isSafeInteger(value) && value >= 0,
};

const WRONG: Readonly<Record<Numbers, string>> = {
  correlation: 'the correlation of every two factors is below 1, and of n factors above −1 ÷ (n − 1).',
  degrees: 'degrees of freedom are above 2; 4 is usual for daily moves of coins.',
  horizon: 'the horizon is a time such as 12h or 7d.',
  every: 'the step between prices is a time such as 1h or 1d.',
  count: `scenarios are from 1 to ${MOST_SCENARIOS.toLocaleString('en-US')}.`,
  seed: 'the seed is a whole number from 0 on.',
};

/** Of a coin of which nothing else is said, when volatilities are wanted: it can be typed over. */
const USUAL_VOLATILITY = 1;

function readNames(text: string, before: PlanChoice): readonly FactorChoice[] | NotTaken {
  const names = partsOf(text);
  if (names.length === 0) return { why: 'it needs what moves, such as ETH, BTC.' };
  return checked(
    names.map((what) => ({
      what,
      volatility: before.factors.find((one) => one.what === what)?.volatility ?? USUAL_VOLATILITY,
    })),
  );
}

function readVolatilities(text: string): readonly FactorChoice[] | NotTaken {
  const factors: FactorChoice[] = [];
  for (const part of partsOf(text)) {
    const [, what = '', digits = ''] = /^(.*?\S)[\s=:]+([\d.]+\s*%?)$/.exec(part) ?? [];
    const volatility = ratioOf(digits);
    if (what === '' || !(volatility > 0))
      return { why: `“${part}” is no factor with its volatility in a year, such as ETH 70%.` };
    factors.push({ what, volatility });
  }
  if (factors.length === 0) return { why: 'it needs what moves, such as ETH 70%, BTC 50%.' };
  return checked(factors);
}

function checked(factors: readonly FactorChoice[]): readonly FactorChoice[] | NotTaken {
  const twice = factors.find(({ what }, at) => factors.findIndex((one) => one.what === what) !== at);
  return twice === undefined ? factors : { why: `${twice.what} is named twice.` };
}

function readMoves(text: string): readonly number[] | NotTaken {
  const parts = partsOf(text);
  if (parts.length === 0) return { why: 'a grid needs moves, such as −10%, −20%.' };
  const wrong = parts.find((part) => !isMove(ratioOf(part)));
  return wrong === undefined ? parts.map(ratioOf) : { why: `“${wrong}” ${NO_MOVE}.` };
}

const partsOf = (text: string): string[] => text.split(/[,;\n]/).flatMap((part) => part.trim() || []);

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** `80%` and `0.8` are the same. */
function ratioOf(text: string): number {
  const [, digits, percent] = /^([-+−]?[\d.]+)\s*(%?)$/.exec(text.trim()) ?? [];
  if (digits === undefined) return Number.NaN;
  const number = Number(digits.replace('−', '-'));
  return percent ? Number((number / 100).toFixed(8)) : number;
}
