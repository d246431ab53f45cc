import type { AdviceParameter } from '../advices/load.ts';

/** A parameter of which an advice is shown. */
export type ChosenParameter = Pick<AdviceParameter, 'kind' | 'venue' | 'market'>;

export const PARAMETER_KINDS = [
  ...(['liquidationThreshold', 'loanToValue', 'liquidationBonus', 'supplyCap'] as const),
  ...(['borrowCap', 'closeFactor', 'maintenanceMargin', 'fundSize'] as const),
];

/** The fields of an address and of the form that say what is asked of an advice, each with what it is while nobody says it. */
export const USUAL_ADVICE = {
  /** Venue id; empty: all. */
  at: '',
  /** Label or id of a market, or symbol of an asset; empty: all. */
  on: '',
  /** Empty: all. */
  parameter: '',
  /** Such as `0.1%` of what is borrowed, or `1000` USD. */
  tolerate: '0.1%',
  confidence: '99%',
  over: '1d',
  /** Such as `ETH:0.7,BTC:0.5`, a year; empty: scenarios are drawn from stored prices. */
  volatilities: '',
  draws: '1000',
  /** Which losses count: `all_venues`, `venue` or `added`; empty: as fits the tolerance. */
  losses: '',
  /** What owners do when terms change: `keep_health`, or `keep_debt`. */
  owners: 'keep_health',
  /** Limits of a steward: a preset, `own`, or empty: none, and the advices then have no steps. */
  limits: '',
  /** Of own limits: the largest change of a ratio in one step, and how far steps are apart. */
  step: '0.5%',
  apart: '3d',
  /** At how many dates of the past the advice itself is made and held. */
  dates: '0',
};

export const LOSSES = ['', 'all_venues', 'venue', 'added'] as const;
export const OWNERS = ['keep_health', 'keep_debt'] as const;
/** Those of docs/examples/limits, which the API knows by name. */
export const LIMIT_PRESETS = ['aave-v3-agrs', 'aave-v4-agrs'] as const;

export type AdviceTexts = Readonly<typeof USUAL_ADVICE>;
export type AdviceField = keyof AdviceTexts;
export const ADVICE_TEXTS = Object.keys(USUAL_ADVICE) as readonly AdviceField[];

/** What the page of advices shows. */
export interface AdviceChoice {
  readonly texts: AdviceTexts;
  /** The parameter whose advice is shown; undefined: none. */
  readonly chosen: ChosenParameter | undefined;
  /** A change of terms that somebody wants judged, as `undertow simulate --set` takes it; undefined: none. */
  readonly judged: string | undefined;
}

export const DEFAULT_ADVICE: AdviceChoice = { texts: USUAL_ADVICE, chosen: undefined, judged: undefined };

/** The fields of an address that say it. */
export const ADVICE_FIELDS: readonly string[] = [...ADVICE_TEXTS, 'advice', 'judge'];

/** The fields with what they say: what nobody chose is left out. */
export function writeAdvice({ texts, chosen, judged }: AdviceChoice): string[] {
  return [
    ...ADVICE_TEXTS.filter((name) => texts[name] !== USUAL_ADVICE[name]).map(
      (name) => `${name}=${encodeURIComponent(texts[name])}`,
    ),
    ...(chosen === undefined ? [] : [`advice=${encodeURIComponent(writeParameter(chosen))}`]),
    ...(judged === undefined ? [] : [`judge=${encodeURIComponent(judged)}`]),
  ];
}

/** What an address says; a parameter that is none is named and left out. What is typed into the form is checked when it is asked. */
export function readAdvice(fields: URLSearchParams, problems: string[]): AdviceChoice {
  const texts = Object.fromEntries(
    ADVICE_TEXTS.map((name) => [name, fields.get(name) ?? USUAL_ADVICE[name]]),
  );
  const text = fields.get('advice');
  const chosen = text === null ? undefined : readParameter(text);
  if (text !== null && chosen === undefined)
    problems.push(
      `“${text}” is no parameter of an advice: it must look like liquidationThreshold aave-v3@devnet <market id>, with one of ${PARAMETER_KINDS.join(', ')}`,
    );
  const judged = fields.get('judge')?.trim() ?? '';
  return { texts: texts as AdviceTexts, chosen, judged: judged === '' ? undefined : judged };
}

const writeParameter = ({ kind, venue, market }: ChosenParameter): string =>
  `${kind} ${venue} ${market}`.trim();

/** A market's id may have spaces; of a whole venue it is empty. */
function readParameter(text: string): ChosenParameter | undefined {
  const [, named, venue, market = ''] = /^(\S+) (\S+)(?: (.+))?$/.exec(text.trim()) ?? [];
  const kind = PARAMETER_KINDS.find((one) => one === named);
  return kind === undefined || venue === undefined ? undefined : { kind, venue, market };
}
