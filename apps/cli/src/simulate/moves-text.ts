import type { AssetRow, Book } from '@undertow/book';
import type { CascadeResult, ResolvedMove } from '@undertow/cascade';
import { signedPercent } from '../compact-numbers.ts';
import { wrapText } from '../wrap-text.ts';

/** Assets with one move that are named; more are counted. */
const MOST_NAMED = 8;

/** Moves closer than this read the same. */
const SAME_MOVE = 1e-7;

/**
 * What a scenario did to every asset's market and oracles before anybody reacted: a line per family, assets that move alike
 * together, those that stay counted. `moves` are in the order of the book's assets.
 */
export function movesText(
  book: Book,
  { scenario, moves }: Pick<CascadeResult, 'scenario' | 'moves'>,
  width: number,
): string {
  const lines = book.references.flatMap(({ symbol }, reference) => {
    const family = moves.filter((_, row) => book.assets[row as AssetRow]!.reference === reference);
    const moved = family.filter(hasMoved);
    const named = scenario.moves.find((move) => move.kind === 'reference' && move.symbol === symbol);
    if (moved.length === 0) return [];
    const isAlone = moved.length === 1 && moved[0]!.symbol === symbol;
    const head = named ? `${symbol} ${signedPercent(named.move)}: ` : `${symbol}: `;
    return `${isAlone ? '' : head}${groupsOf(moved).map(groupText).join('; ')}`;
  });
  const still = moves.filter((move) => !hasMoved(move)).length;
  const text = [
    ...(lines.length === 0 ? [] : ['Before anybody reacts:']),
    ...lines.flatMap((line) => wrapText(line, width - 4).map((part, i) => `  ${i > 0 ? '  ' : ''}${part}`)),
    ...(still === 0 ? [] : [stillText(still, lines.length > 0)]),
    ...(moves.some(isUnfollowed) ? wrapText(UNFOLLOWED, width) : []),
  ];
  return text.join('\n');
}

const stillText = (still: number, isIndented: boolean) =>
  isIndented
    ? `  ${still} other ${still === 1 ? 'asset stays where it is' : 'assets stay where they are'}.`
    : `No price moves before somebody reacts (${still} ${still === 1 ? 'asset' : 'assets'}).`;

const UNFOLLOWED =
  'Where no oracle follows, nobody becomes due by the move: what is lost there is a shortfall at market prices.';

const hasMoved = ({ marketMove, oracleMoves }: ResolvedMove) =>
  [marketMove, ...oracleMoves].some((move) => Math.abs(move) > SAME_MOVE);

const isUnfollowed = (move: ResolvedMove) =>
  Math.abs(move.marketMove) > SAME_MOVE &&
  move.oracleMoves.length > 0 &&
  move.oracleMoves.every((one) => Math.abs(one) <= SAME_MOVE);

interface Group {
  readonly text: string;
  readonly symbols: readonly string[];
}

/** Assets by what is said of their moves, in the order in which that is first said. */
function groupsOf(moves: readonly ResolvedMove[]): Group[] {
  const found = new Map<string, string[]>();
  for (const move of moves) {
    const text = moveText(move);
    found.set(text, [...(found.get(text) ?? []), move.symbol]);
  }
  return [...found].map(([text, symbols]) => ({ text, symbols }));
}

function groupText({ text, symbols }: Group): string {
  if (symbols.length <= MOST_NAMED) return symbols.map((symbol) => `${symbol} ${text}`).join(', ');
  const named = symbols.slice(0, MOST_NAMED).join(', ');
  return `${named} and ${symbols.length - MOST_NAMED} more ${text}`;
}

function moveText(move: ResolvedMove): string {
  const { marketMove, oracleMoves } = move;
  const market = signedPercent(marketMove);
  const others = oracleMoves.filter((one) => Math.abs(one - marketMove) > SAME_MOVE);
  if (oracleMoves.length === 0) return `${market} (no venue prices it)`;
  if (others.length === 0) return market;
  const isStill = Math.abs(marketMove) <= SAME_MOVE;
  if (isUnfollowed(move)) return `${market} (no oracle follows)`;
  const oracles = `${oracleMoves.length === 1 ? 'oracle' : 'oracles'} ${oracleMoves.map(signedPercent).join(' and ')}`;
  return isStill ? `${oracles} (its market stays)` : `${market} (${oracles})`;
}
