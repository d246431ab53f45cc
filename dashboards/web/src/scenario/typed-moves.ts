import { isMove, NO_MOVE, type Move } from './scenario.ts';

/** What somebody typed: moves, or a sentence that says what would be right. */
export type Typed = { readonly moves: readonly Move[] } | { readonly problem: string };

/** A name and a number: `ETH -30%`, `ETH=-0.3`, `oracle:wstETH: −3 %`, `feed:ETH / USD +2%`. */
const SHAPE = /^(.*?\S)(?:[\s=:]+|(?=[-+−]))([-+−]?(?:\d+\.?\d*|\.\d+))\s*(%?)$/s;

/** Reads a list of moves as a person writes them, between commas. */
export function readTypedMoves(text: string): Typed {
  const parts = text.split(/[,;\n]/).flatMap((part) => part.trim() || []);
  if (parts.length === 0) return { problem: 'Write what moves and by how much, such as ETH -30%.' };
  const moves: Move[] = [];
  for (const part of parts) {
    const [, what, digits, percent] = SHAPE.exec(part) ?? [];
    if (what === undefined || digits === undefined)
      return { problem: `“${part}” names no move: write a name and a number, such as ETH -30%.` };
    const number = Number(digits.replace('−', '-'));
    const move = percent ? Number((number / 100).toFixed(8)) : number;
    if (!isMove(move)) return { problem: outOfRange(part, number, percent === '%') };
    moves.push({ what, move });
  }
  return { moves };
}

function outOfRange(part: string, number: number, isPercent: boolean): string {
  const meant =
    !isPercent && number > -100 && number <= -1 ? `; for ${-number}\u202f% down write ${number}%` : '';
  return `“${part}” ${NO_MOVE}${meant}.`;
}

/** The moves of a scenario after others were typed: what is named again moves by the new number. */
export function withMoves(before: readonly Move[], typed: readonly Move[]): readonly Move[] {
  const named = new Set(typed.map(({ what }) => what));
  return [...before.filter(({ what }) => !named.has(what)), ...typed].filter(({ move }) => move !== 0);
}
