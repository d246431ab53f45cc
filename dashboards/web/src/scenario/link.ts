import { ADVICE_FIELDS, readAdvice, type AdviceChoice } from '../sections/advice-form/choice.ts';
import { CAP_FIELDS, readCapUpdate, type CapUpdateChoice } from '../sections/cap-update/choice.ts';
import { readReports, REPORT_FIELDS, type ReportsChoice } from '../sections/report-form/choice.ts';
import { readSweep, SWEEP_FIELDS, type SweepChoice } from '../sections/sweep-plan/sweep-choice.ts';
import { isMeasure, type Measure } from '../sections/heatmap/measure.ts';
import {
  DEFAULT_SETTINGS,
  DEPOSITORS,
  isMove,
  LIQUIDATORS,
  NO_MOVE,
  ORACLES,
  type Move,
  type Scenario,
  type Settings,
} from './scenario.ts';
import { isTab, TABS, type Tab } from './tabs.ts';

/** What the query of an address holds, whatever the page. */
export interface Linked {
  readonly measure: Measure;
  /** Undefined: whatever the page finds worth showing. */
  readonly moves: readonly Move[] | undefined;
  readonly settings: Settings;
  /** Changes of terms. */
  readonly overrides: readonly string[];
  /** Undefined: the newest block. */
  readonly block: number | undefined;
  /** A second scenario, to compare with. */
  readonly other: Scenario | undefined;
}

export const DEFAULT_MEASURE: Measure = 'loss';

/** The newest block that the API can be asked about: GraphQL's largest Int. */
const LAST_BLOCK = 2 ** 31 - 1;

/** What says a scenario, in the order in which it is written. */
const SCENARIO_FIELDS = [
  ...['shock', 'volatility', 'depth', 'liquidators', 'gas', 'capital', 'oracles', 'depositors', 'set'],
];

/** What a link may hold. */
const FIELDS = [
  'measure',
  ...SCENARIO_FIELDS,
  'block',
  'b',
  'tab',
  'venue',
  'order',
  ...CAP_FIELDS,
  ...ADVICE_FIELDS,
  ...REPORT_FIELDS,
  ...SWEEP_FIELDS,
];

/** Which accounts are listed, and which of them first; the first is as it is where nothing is said. */
const ORDERS = ['risk', 'debt', 'all'] as const;

export type Order = (typeof ORDERS)[number];

/**
 * The query of an address: `?measure=loss&shock=ETH:-0.2,oracle%3AwstETH:-0.03&depth=0.5&liquidators=unlimited&set=…&block=123`.
 * What is as the engine does it by itself is left out. Reading it gives the same back.
 */
export function writeLink({ measure, moves, settings, overrides, block, other }: Linked): string {
  const parts = measure === DEFAULT_MEASURE ? [] : [`measure=${measure}`];
  parts.push(...scenarioParts({ moves, settings, overrides }));
  if (block !== undefined) parts.push(`block=${block}`);
  if (other) parts.push(`b=${encodeURIComponent(scenarioParts(other).join('&'))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function scenarioParts({
  moves,
  settings,
  overrides,
}: Pick<Linked, 'moves' | 'settings' | 'overrides'>): string[] {
  const { volatility, depth, liquidators, gasUsd, capitalUsd, oracles, depositors } = settings;
  const parts: string[] = [];
  if (moves)
    parts.push(
      `shock=${moves.map(({ what, move }) => `${encodeURIComponent(escapeName(what))}:${move}`).join(',')}`,
    );
  const add = (name: string, value: string | number, isUsual: boolean) => {
    if (!isUsual) parts.push(`${name}=${value}`);
  };
  add('volatility', volatility, volatility === DEFAULT_SETTINGS.volatility);
  add('depth', depth, depth === DEFAULT_SETTINGS.depth);
  add('liquidators', liquidators, liquidators === DEFAULT_SETTINGS.liquidators);
  add('gas', gasUsd, gasUsd === 0 || liquidators === 'unlimited');
  add('capital', capitalUsd, liquidators !== 'capital');
  add('oracles', oracles, oracles === DEFAULT_SETTINGS.oracles);
  add('depositors', depositors, depositors === DEFAULT_SETTINGS.depositors);
  for (const override of overrides) parts.push(`set=${encodeURIComponent(override)}`);
  return parts;
}

/** A link as read. What cannot be read is left out and named, for the reader to see. */
export interface ReadLink extends Linked {
  /** Which part of the answer the page of scenarios shows; undefined: the first. */
  readonly tab: Tab | undefined;
  /** The venue whose accounts the page of accounts lists; undefined: all of them. */
  readonly venue: string | undefined;
  readonly order: Order;
  /** The update of a cap that the page of oracles plays; undefined: none. */
  readonly capUpdate: CapUpdateChoice | undefined;
  /** What the page of sweeps shows. */
  readonly sweep: SweepChoice;
  /** What the page of advices shows. */
  readonly advice: AdviceChoice;
  /** What the page of reports shows. */
  readonly reports: ReportsChoice;
  readonly problems: readonly string[];
  /** Those of them for which the scenario, without what was left out, is another than the link means: it has no answer. */
  readonly scenarioProblems: readonly string[];
}

/** Reads the query of an address. */
export function readLink(query: string): ReadLink {
  const fields = fieldsOf(query);
  const problems = unknownFields(fields, FIELDS);
  const scenarioProblems: string[] = [];
  const measure = fields.get('measure') ?? DEFAULT_MEASURE;
  if (!isMeasure(measure)) problems.push(`there is no measure “${measure}”`);
  const block = fields.get('block');
  const isBlock = block !== null && /^\d{1,15}$/.test(block) && Number(block) <= LAST_BLOCK;
  if (block !== null && !isBlock) scenarioProblems.push(`“${block}” is not a block number`);
  const tab = fields.get('tab') ?? undefined;
  if (tab !== undefined && !isTab(tab))
    problems.push(`there is no tab “${tab}”, only ${TABS.map(({ id }) => id).join(', ')}`);
  const order = fields.get('order') ?? ORDERS[0];
  if (!ORDERS.some((one) => one === order))
    problems.push(`there is no order “${order}” of accounts, only ${ORDERS.join(', ')}`);
  return {
    measure: isMeasure(measure) ? measure : DEFAULT_MEASURE,
    ...readScenario(fields, scenarioProblems),
    block: isBlock ? Number(block) : undefined,
    other: readOther(fields.get('b'), problems),
    tab: tab !== undefined && isTab(tab) ? tab : undefined,
    venue: fields.get('venue') ?? undefined,
    order: ORDERS.find((one) => one === order) ?? ORDERS[0],
    capUpdate: readCapUpdate(fields, problems),
    sweep: readSweep(fields, problems),
    advice: readAdvice(fields, problems),
    reports: readReports(fields, problems),
    problems: [...scenarioProblems, ...problems],
    scenarioProblems,
  };
}

/** A plus is a plus: nobody who writes links by hand means a space by it. */
const fieldsOf = (query: string) => new URLSearchParams(query.replace(/^\?/, '').replaceAll('+', '%2B'));

const unknownFields = (fields: URLSearchParams, known: readonly string[]): string[] =>
  [...new Set(fields.keys())].flatMap((name) =>
    known.includes(name) ? [] : [`a link has no “${name}”; it may have ${known.join(', ')}`],
  );

const readScenario = (fields: URLSearchParams, problems: string[]) => ({
  moves: readMoves(fields.get('shock'), problems),
  settings: readSettings(fields, problems),
  overrides: readOverrides(fields.getAll('set'), problems),
});

/** The scenario to compare with; none where a part of it cannot be read, as what is left would be another. */
function readOther(text: string | null, problems: string[]): Scenario | undefined {
  if (text === null) return undefined;
  const fields = fieldsOf(text);
  const own = unknownFields(fields, SCENARIO_FIELDS);
  const { moves = [], ...others } = readScenario(fields, own);
  problems.push(...own.map((problem) => `in the scenario to compare with, ${problem}`));
  return own.length === 0 ? { moves, ...others } : undefined;
}

function readSettings(fields: URLSearchParams, problems: string[]): Settings {
  const number = (name: string, usual: number, { isRight, what, isWrong }: Expected): number => {
    const text = fields.get(name);
    if (text === null) return usual;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (isRight(value)) return value;
    const problem = Number.isFinite(value) ? isWrong : undefined;
    problems.push(problem === undefined ? `“${text}” is not ${what}` : `${name} ${text} ${problem}`);
    return usual;
  };
  const choice = <Name extends string>(name: string, known: readonly Name[], usual: Name): Name => {
    const text = fields.get(name) ?? usual;
    const found = known.find((one) => one === text);
    if (found === undefined) problems.push(`${name} cannot be “${text}”, only ${known.join(' or ')}`);
    return found ?? usual;
  };
  const settings: Settings = {
    volatility: number('volatility', DEFAULT_SETTINGS.volatility, {
      ...{ isRight: isMove, what: 'a move of volatility such as 0.5', isWrong: NO_MOVE },
    }),
    depth: number('depth', DEFAULT_SETTINGS.depth, { isRight: isAbove0, what: 'a factor above 0 for depth' }),
    liquidators: choice('liquidators', LIQUIDATORS, DEFAULT_SETTINGS.liquidators),
    gasUsd: number('gas', DEFAULT_SETTINGS.gasUsd, {
      ...{ isRight: (value) => value === 0 || isAbove0(value), what: 'a cost of gas in USD' },
    }),
    capitalUsd: number('capital', DEFAULT_SETTINGS.capitalUsd, {
      ...{ isRight: isAbove0, what: 'an amount of capital in USD' },
    }),
    oracles: choice('oracles', ORACLES, DEFAULT_SETTINGS.oracles),
    depositors: choice('depositors', DEPOSITORS, DEFAULT_SETTINGS.depositors),
  };
  if (settings.liquidators === 'capital' && !fields.has('capital')) {
    problems.push('liquidators=capital needs capital=<USD a round>');
    return { ...settings, liquidators: DEFAULT_SETTINGS.liquidators };
  }
  return settings;
}

interface Expected {
  readonly isRight: (value: number) => boolean;
  readonly what: string;
  /** Why a number that is not right is none. */
  readonly isWrong?: string;
}

const isAbove0 = (value: number) => Number.isFinite(value) && value > 0;

function readOverrides(texts: readonly string[], problems: string[]): readonly string[] {
  const found = texts.map((text) => text.trim()).filter((text) => text !== '');
  for (const text of found)
    if (!/\S\s*=\s*\S/.test(text))
      problems.push(
        `“${text}” changes no term: it must look like aave-v3@ethereum WETH liquidationThreshold=0.8`,
      );
  return found.filter((text) => /\S\s*=\s*\S/.test(text));
}

function readMoves(text: string | null, problems: string[]): readonly Move[] | undefined {
  if (text === null) return undefined;
  const moves = new Map<string, Move>();
  for (const part of text.split(',').filter((piece) => piece !== '')) {
    const cut = part.lastIndexOf(':');
    const what = unescapeName(part.slice(0, Math.max(cut, 0)));
    const move = Number(part.slice(cut + 1) || Number.NaN);
    if (cut <= 0 || !Number.isFinite(move)) problems.push(`“${part}” is not a price move such as ETH:-0.2`);
    else if (!isMove(move)) problems.push(`“${part}” ${NO_MOVE}${meant(what, move)}`);
    else if (moves.has(what)) problems.push(`${what} is moved twice`);
    else moves.set(what, { what, move });
  }
  return [...moves.values()];
}

/** Who writes percent where a ratio is meant. */
const meant = (what: string, move: number) =>
  move > -100 && move <= -1
    ? `; for ${-move}\u202f% down write ${what}:${Number((move / 100).toFixed(8))}`
    : '';

/**
 * Names within the list of moves, escaped once more than the link: programs that pass links on may encode or decode
 * the commas and colons of the list itself.
 */
const escapeName = (name: string) => name.replace(/[%,:]/g, (sign) => encodeURIComponent(sign));
const unescapeName = (name: string) => name.replace(/%(25|2C|3A)/gi, (code) => decodeURIComponent(code));
