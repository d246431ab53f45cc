import { count, counted, usd } from '../../format/number.ts';
import { element, type Piece } from '../../markup/element.ts';
import type { Status } from './load.ts';

type Gap = Status['coverage']['gaps'][number];

/** What is left out, in two kinds: what is valued but not modelled lowers the share, what has no value cannot. */
export function gapLists(gaps: readonly Gap[]): Piece {
  return [
    gapList('Valued, but not modelled', gaps, ({ debtUsd }) => debtUsd !== null),
    gapList('Not valued, so in no share', gaps, ({ debtUsd }) => debtUsd === null),
  ];
}

function gapList(name: string, gaps: readonly Gap[], isOfKind: (gap: Gap) => boolean): Piece {
  const some = gaps.filter(isOfKind);
  if (some.length === 0) return undefined;
  return [
    element('h3', {}, `${name} (${count(some.length)})`),
    element(
      'ul',
      { class: 'gaps' },
      some.map(({ source, reason, count: many, unit, debtUsd }) =>
        element(
          'li',
          {},
          element('b', {}, source),
          ` – ${reason} (${counted(many, unit)}${debtUsd === null ? '' : `, ${usd(debtUsd)} debt`})`,
        ),
      ),
    ),
  ];
}
