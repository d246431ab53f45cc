import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Piece } from '../../markup/element.ts';
import { valueText } from '../advices/words.ts';
import type { OneAdvice } from './load.ts';

type Moved = NonNullable<OneAdvice['moved']>;
const TOGETHER = 'what these do together';

/** What moved the value since the advice before, input by input; in words where that cannot be told. */
export function movedParts(
  state: State,
  { words, parts, interaction }: Moved,
  advised: OneAdvice['advised'],
): Piece {
  const unit = advised?.unit ?? 'ratio';
  const rows = [
    ...parts,
    ...(interaction === null || parts.length < 2 ? [] : [{ input: TOGETHER, change: interaction }]),
  ];
  return [
    element('h3', { key: 'moved' }, 'What moved since the advice before'),
    words.map((sentence, at) => element('p', { key: `moved ${at}` }, sentence)),
    rows.length > 0 &&
      table(
        rows,
        {
          id: 'advice-moved',
          caption: 'What each input does to the value by itself; the rows add up to the change',
          isInOrder: true,
          columns: [
            { name: 'Input', value: ({ input }) => input },
            {
              ...{ name: 'Change', unit: 'count' },
              value: ({ change }) => change,
              cell: ({ change }) => signed(change, unit),
              also: [{ name: 'Counted in', value: () => unit }],
            },
          ],
          keyOf: ({ input }) => input,
        },
        state,
      ),
  ];
}

/** A change of a ratio is told in points. */
function signed(change: number, unit: string): string {
  const size = Math.abs(change);
  const text = unit === 'ratio' ? `${(100 * size).toFixed(2)} points` : valueText({ value: size, unit });
  if (size < 5e-7 && unit === 'ratio') return '0';
  return `${change < 0 ? '−' : '+'}${text}`;
}
