import { count, share } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { sweeps as asked } from './asked.ts';
import type { KeptSweep } from './load.ts';

/** Sweeps that are kept, with the way to each. */
export function sweepsPanel(state: State): Markup {
  return section({
    id: 'sweeps',
    title: 'Sweeps that are kept',
    loaded: answerOf(state, asked),
    now: state.now,
    body: (value) => body(state, value),
  });
}

const KINDS: Readonly<Record<KeptSweep['kind'], string>> = {
  grid: 'grid',
  historical: 'historical',
  monte_carlo: 'Monte Carlo',
};

function body(state: State, kept: readonly KeptSweep[]): Piece {
  if (kept.length === 0) return element('p', { class: 'waiting' }, 'None yet: choose a plan and run it.');
  return table(
    kept,
    {
      id: 'sweeps',
      caption: 'Sweeps, the one begun last first',
      columns: [
        {
          name: 'Begun',
          value: ({ startedAt }) => minute(startedAt),
          cell: ({ id, startedAt }) =>
            link(state, `/sweep/${encodeURIComponent(id)}`, { title: id }, `${minute(startedAt)} UTC`),
          also: [{ name: 'Id', value: ({ id }) => id }],
        },
        { name: 'Plan', value: ({ kind }) => KINDS[kind] },
        { name: 'Scenarios', unit: 'count', value: ({ scenarios }) => scenarios },
        { name: 'Block', unit: 'count', value: ({ block }) => block, cell: ({ block }) => count(block) },
        {
          name: 'State',
          value: ({ state: stands }) => stands,
          cell: ({ state: stands, done, scenarios }) =>
            stands === 'done' ? stands : `${stands}, ${share(done / scenarios)}`,
          also: [{ name: 'Done', unit: 'count', value: ({ done }) => done }],
        },
      ],
      keyOf: ({ id }) => id,
    },
    state,
  );
}
