import type { Book } from '@undertow/book';
import { moveName } from '@undertow/cascade';
import type { NearestMove, ReverseStress, WholeReproduction } from '@undertow/sweep';
import { count, dollars, money, NOTHING, signedPercent } from '../compact-numbers.ts';
import { proseWidth } from '../terminal-width.ts';
import { table } from '../text-table.ts';
import { wrapText } from '../wrap-text.ts';

/** Points of a path that are shown. */
const SHOWN = 10;
/** Factors that have a column, those that move farthest. */
const MOST_FACTORS = 6;
const BAR = 40;

/** The answer of a reverse stress for a terminal of so many columns. */
export function reverseText(book: Book, answer: ReverseStress, width: number): string {
  const { lossUsd, venue, nearest, searched } = answer;
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const whose = venue === undefined ? 'all venues together lose' : `${venue} loses`;
  const tried = `Tried were ${count(searched.evaluations)} moves in ${count(searched.directions)} directions and those next to the best, out to ${searched.greatestDistance} standard deviations, each distance to ${searched.tolerance * 100} %`;
  if (!nearest) {
    const most = `The greatest loss that was found is ${dollars(searched.greatestLoss)}; --farthest looks farther out.`;
    return `${prose(`No move was found with which ${whose} ${dollars(lossUsd)}. ${most}`)}\n${prose(`${tried}.`)}\n`;
  }
  if (nearest.distance === 0)
    return `${prose(`With no move at all ${whose} ${dollars(nearest.lossUsd)} already, at least ${dollars(lossUsd)}.`)}\n`;
  const head = `The nearest move with which ${whose} ${dollars(lossUsd)} is ${nearest.distance.toFixed(2)} standard deviations away: ${movesText(book, nearest)}. The loss is ${dollars(nearest.lossUsd)} then.`;
  return `${prose(head)}\n${prose(`${tried}: of all these it is the nearest, and another may be nearer.`)}\n\n${pathTable(book, nearest)}\n`;
}

const movesText = (book: Book, { moves }: NearestMove) =>
  moves.map((move) => `${moveName(book, move)} ${signedPercent(move.move)}`).join(', ');

function pathTable(book: Book, { path, moves }: NearestMove): string {
  const columns = [...moves.keys()]
    .sort((a, b) => Math.abs(Math.log1p(moves[b]!.move)) - Math.abs(Math.log1p(moves[a]!.move)))
    .slice(0, MOST_FACTORS);
  const every = (path.length - 1) / SHOWN;
  const rows = Array.from({ length: SHOWN + 1 }, (_, at) => path[Math.round(at * every)]!);
  return table(
    ['Deviations', ...columns.map((column) => moveName(book, moves[column]!)), 'Loss'],
    rows.map((point) => [
      point.distance.toFixed(2),
      ...columns.map((column) => signedPercent(point.moves[column]!.move)),
      money(point.lossUsd),
    ]),
    [],
  );
}

/** The reproduction number of the whole along a fall, with a bar for each. */
export function reproductionText(points: readonly WholeReproduction[], width: number): string {
  const [now] = points;
  const above = points.filter(({ reproduction }) => reproduction >= 1);
  const along =
    above.length > 0
      ? `It is at 1 or above ${above.map(({ drop }) => dropText(drop)).join(', ')}: liquidations feed themselves there.`
      : 'It stays below 1 down to a half: liquidations die out.';
  const lacking =
    now!.leftOut.length > 0 ? ` Without a market of their own: ${now!.leftOut.join(', ')}.` : '';
  const most = Math.max(1, ...points.map(({ reproduction }) => reproduction));
  const rows = points.map(({ drop, reproduction }) => [
    drop === 0 ? 'now' : signedPercent(-drop),
    reproduction === 0 ? NOTHING : reproduction.toFixed(2),
    '█'.repeat(Math.round((reproduction / most) * Math.min(BAR, width - 30))),
  ]);
  const head = `The reproduction number of the whole book is ${now!.reproduction.toFixed(2)} now. ${along}${lacking}`;
  return `${wrapText(head, proseWidth(width)).join('\n')}\n\n${table(['All prices', 'Reproduction', ''], rows, [0, 2])}\n`;
}

const dropText = (drop: number) => (drop === 0 ? 'now' : `at ${signedPercent(-drop)}`);
