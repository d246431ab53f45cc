import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { byUnit } from '../../table/by-unit.ts';
import { element, type Markup } from '../../markup/element.ts';
import { history } from '../history/asked.ts';
import { figure, measureTitle } from '../history/chart.ts';
import { unitOfMeasure } from '../history/unit-of-measure.ts';
import { changesOf, type Change } from './changes.ts';

/** What each measure is now and was a day ago. */
export function changesPanel(state: State): Markup {
  return section({
    id: 'changes',
    title: 'In a day',
    loaded: answerOf(state, history),
    now: state.now,
    body: (lines) => {
      const changes = changesOf(lines);
      if (changes.length === 0)
        return element(
          'p',
          { class: 'waiting' },
          'Not measured yet: the book is measured every few minutes.',
        );
      const isCompared = changes.some(({ before }) => before !== undefined);
      return [
        !isCompared &&
          element(
            'p',
            { class: 'source', key: 'alone' },
            'Nothing was measured a day ago yet: what changed stands here once it was.',
          ),
        changeTable(state, changes, isCompared),
      ];
    },
  });
}

/** What each measure is now and, where anything was measured a day ago, what it was then. */
function changeTable(state: State, changes: readonly Change[], isCompared: boolean): Markup {
  const beside: Column<Change>[] = [
    {
      ...byUnit(changes, { name: 'A day ago', unitOf, value: ({ before }) => before }),
      cell: ({ line, before }) => (before === undefined ? 'not measured' : figure(line, before)),
    },
    {
      ...byUnit(changes, {
        ...{ name: 'Change', unitOf },
        value: ({ now, before }) => (before === undefined ? undefined : now - before),
      }),
      cell: changeWords,
    },
  ];
  return table(
    changes,
    {
      id: 'changes',
      caption: isCompared ? 'Now, and 24 hours before' : 'Now',
      columns: [
        { name: 'Measure', value: ({ line }) => measureTitle(line) },
        {
          ...byUnit(changes, { name: 'Now', unitOf, value: ({ now }) => now }),
          cell: ({ line, now }) => figure(line, now),
        },
        ...(isCompared ? beside : []),
      ],
      keyOf: ({ line }) => `${line.measure} ${line.subject}`,
    },
    state,
  );
}

const unitOf = ({ line }: Change) => unitOfMeasure(line);

/** What is worse when it grows, or when it falls. */
const WORSE_UP = ['lossUsd', 'dueAccounts'];
const WORSE_DOWN = ['coverage'];

function changeWords({ line, now, before }: Change) {
  if (before === undefined) return '–';
  if (figure(line, now) === figure(line, before)) return 'the same';
  const isUp = now > before;
  const isWorse = (isUp ? WORSE_UP : WORSE_DOWN).includes(line.measure);
  const isBetter = (isUp ? WORSE_DOWN : WORSE_UP).includes(line.measure);
  return element(
    'span',
    { class: isWorse ? 'worse' : isBetter ? 'better' : false },
    `${isUp ? '+' : '−'}${figure(line, Math.abs(now - before))}`,
  );
}
