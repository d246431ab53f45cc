import type { Book } from '@undertow/book';
import { moveName, type Scenario } from '@undertow/cascade';

const COMPACT = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const PERCENT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** Money in a sentence: `1.234M USD`. */
export const dollars = (value: number): string => `${minus(COMPACT.format(value))} USD`;

/** How many, in a sentence. */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${WHOLE.format(value)} ${value === 1 ? one : many}`;

/** A move in a sentence: `−30 %`. */
export const signedPercent = (ratio: number): string =>
  `${ratio < 0 ? '−' : '+'}${PERCENT.format(Math.abs(ratio) * 100)} %`;

/** A share in a sentence: `12.5 %`. */
export const percent = (ratio: number): string => `${minus(PERCENT.format(ratio * 100))} %`;

const minus = (text: string) => text.replace('-', '−');

/** What a scenario moves: `ETH −30 %, oracle:wstETH −3 %`. */
export function scenarioWords(book: Book, { moves, volatilityMove = 0, depthFactor = 1 }: Scenario): string {
  const parts = moves.map((move) => `${moveName(book, move)} ${signedPercent(move.move)}`);
  if (volatilityMove !== 0) parts.push(`implied volatility ${signedPercent(volatilityMove)}`);
  if (depthFactor !== 1) parts.push(`depth × ${depthFactor}`);
  return parts.join(', ') || 'nothing moves';
}

/** The sentences of a text, each by itself; a dot within a number ends none. */
export const sentencesOf = (text: string): string[] => text.split(/(?<=\.) (?=[A-Z])/);
