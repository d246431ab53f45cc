import { DEFAULT_MEASURE, readLink, writeLink } from './link.ts';
import { DEFAULT_SETTINGS, type Move, type Scenario, type Settings } from './scenario.ts';

/** A scenario at a block, by the number and the hash of it: what a short address says. */
export interface ShortScenario extends Scenario {
  readonly block: number;
  /** Of the block, `0x…`; of one that was read, its first digits. */
  readonly hash: string;
}

/** Raised when what an address says changes its meaning, so that older ones are still read as they were meant. */
const VERSION = '1';
const BETWEEN = '~';
/** Digits of a hash: another block has the same ones by chance once in sixteen million. */
const HASH_DIGITS = 6;

/** Signs before what is no move. */
const [SETTING, TERM] = ['*', '!'] as const;
const LETTERS = { v: 'volatility', d: 'depth', g: 'gasUsd', c: 'capitalUsd' } as const;

/**
 * A scenario as the last part of a short address: `1~doyww@1a2b3c~ETH-.3~*d.5`. Parts have `~` between them: the version; the block in
 * base 36 with the first digits of its hash; each move as a name and a ratio; `*` and a letter for what is not as the engine does it by
 * itself; `!` and a change of terms. Numbers are as JavaScript writes them, without a 0 before the point: reading gives the very same.
 */
export function writeShort({ moves, settings, overrides, block, hash }: ShortScenario): string {
  const { liquidators, oracles, depositors } = settings;
  const number = (letter: keyof typeof LETTERS) => {
    const value = settings[LETTERS[letter]];
    return value === DEFAULT_SETTINGS[LETTERS[letter]] ? [] : [`${SETTING}${letter}${written(value)}`];
  };
  return [
    VERSION,
    `${block.toString(36)}@${hash.replace(/^0x/, '').slice(0, HASH_DIGITS)}`,
    ...moves.map(({ what, move }) => `${escaped(what)}${move < 0 ? '' : '+'}${written(move)}`),
    ...number('v'),
    ...number('d'),
    ...(liquidators === 'unlimited' ? [`${SETTING}u`] : number('g')),
    ...(liquidators === 'capital' ? [`${SETTING}c${written(settings.capitalUsd)}`] : []),
    ...(oracles === 'within' ? [`${SETTING}w`] : []),
    ...(depositors === 'hold' ? [`${SETTING}h`] : []),
    ...overrides.map((text) => TERM + escaped(text)),
  ].join(BETWEEN);
}

/** Reads the last part of a short address; undefined where it is none. What it says is checked as any link is, by the page. */
export function readShort(text: string): ShortScenario | undefined {
  const [version, at, ...parts] = text.split(BETWEEN);
  const [, block36, hash = ''] = /^([0-9a-z]{1,7})@([0-9a-f]{0,6})$/.exec(at ?? '') ?? [];
  if (version !== VERSION || block36 === undefined) return undefined;
  const moves: Move[] = [];
  const overrides: string[] = [];
  let settings: Settings = DEFAULT_SETTINGS;
  for (const part of parts) {
    const read = partOf(part);
    if (read === undefined) return undefined;
    if ('what' in read) moves.push(read);
    else if ('term' in read) overrides.push(read.term);
    else settings = { ...settings, ...read };
  }
  const scenario = { moves, settings, overrides, block: Number.parseInt(block36, 36), hash };
  // What no link may say, no short one may.
  return readLink(queryOfShort(scenario)).problems.length === 0 ? scenario : undefined;
}

/** The query of the page of scenarios that shows the same. */
export const queryOfShort = ({
  moves,
  settings,
  overrides,
  block,
}: Scenario & { readonly block: number | undefined }): string =>
  writeLink({ measure: DEFAULT_MEASURE, moves, settings, overrides, block, other: undefined });

function partOf(part: string): Move | { readonly term: string } | Partial<Settings> | undefined {
  if (part.startsWith(TERM)) return { term: unescaped(part.slice(1)) };
  if (part.startsWith(SETTING)) return settingOf(part.slice(1));
  const [, name, number = ''] = /^(.+)([-+][\d.]+(?:[yz]\d+)?)$/s.exec(part) ?? [];
  const move = read(number);
  return name === undefined || !Number.isFinite(move) ? undefined : { what: unescaped(name), move };
}

function settingOf(text: string): Partial<Settings> | undefined {
  if (text === 'u') return { liquidators: 'unlimited' };
  if (text === 'w') return { oracles: 'within' };
  if (text === 'h') return { depositors: 'hold' };
  const field = LETTERS[text[0] as keyof typeof LETTERS] as
    (typeof LETTERS)[keyof typeof LETTERS] | undefined;
  const value = read(text.slice(1));
  if (field === undefined || !Number.isFinite(value)) return undefined;
  return { [field]: value, ...(field === 'capitalUsd' && { liquidators: 'capital' as const }) };
}

/** A number in few letters: `-.3`; `1z7` is 1e-7, as a sign within a number would not be known from one before it. */
const written = (value: number): string =>
  String(value)
    .replace(/^(-?)0\./, '$1.')
    .replace('e-', 'z')
    .replace('e+', 'y');

const read = (text: string): number => {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)([yz]\d+)?$/.test(text)) return Number.NaN;
  return Number(text.replace('z', 'e-').replace('y', 'e+'));
};

/** Signs of this form are escaped too; of those that mean nothing here and an address may have, some stay as they are. */
const escaped = (text: string) =>
  encodeURIComponent(text)
    .replace(/[~!*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3A/g, ':');

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
