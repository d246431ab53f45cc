import { count, usd } from '../../format/number.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { atBlock } from '../../frame/at-block.ts';
import { link } from '../../frame/link.ts';
import { moment } from '../../frame/moment.ts';
import { assetPath } from '../../frame/paths.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { flags as asked } from './asked.ts';
import type { Flag, Flags } from './load.ts';
import { kindInWords, sideInWords } from './words.ts';

/** Prices that are not to be trusted now, and when others were not. */
export function flagsPanel(state: State): Markup {
  return section({
    id: 'flags',
    title: 'Flags',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: element(
      'p',
      { class: 'lead', key: 'lead' },
      'Every few minutes each feed, oracle, pair and asset is measured. A flag is raised when readings in a row are beyond a line, and ends when as many are better than another one.',
    ),
    body: (value) => body(state, value),
  });
}

function body(state: State, value: Flags): Piece {
  const { head, nodes, rules } = value;
  const open = nodes.filter(({ end }) => end === null);
  const over = nodes.filter(({ end }) => end !== null);
  return [
    open.length === 0
      ? element('p', { class: 'headline', key: 'none' }, 'No flag stands.')
      : flagTable(state, { id: 'open-flags', caption: 'Flags that stand, the worst first', rows: open }),
    over.length > 0 &&
      element(
        'details',
        { key: 'over', id: 'over' },
        element('summary', {}, `Over (${count(over.length)})`),
        flagTable(state, { id: 'over-flags', caption: 'Flags that are over, the newest first', rows: over }),
      ),
    element(
      'details',
      { key: 'rules', id: 'rules' },
      element('summary', {}, 'By which lines'),
      ruleTable(state, rules),
    ),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': head.block },
      `${atBlock(head.block, state.pinned, answerOf(state, asked).isOpening)}.`,
    ),
  ];
}

interface FlagRows {
  readonly id: string;
  readonly caption: string;
  readonly rows: readonly Flag[];
}

function flagTable(state: State, { id, caption, rows }: FlagRows): Markup {
  const time = (value: number | null) => (value === null ? 'stands' : moment(value, state.now));
  return table(
    rows,
    {
      id,
      caption,
      columns: [
        {
          name: 'Of',
          value: ({ label }) => label,
          cell: ({ label, subject, assets }) => [
            element('span', { title: subject }, label),
            element(
              'small',
              {},
              assets
                .slice(0, MOST_NAMED)
                .map((symbol, i) => [i > 0 && ', ', link(state, assetPath(symbol), {}, symbol)]),
              assets.length > MOST_NAMED && ` and ${count(assets.length - MOST_NAMED)} more`,
            ),
          ],
          also: [
            { name: 'Subject', value: ({ subject }) => subject },
            { name: 'Assets', value: ({ assets }) => assets.join(' ') },
            { name: 'Venues', value: ({ venues }) => venues.map(venueName).join(', ') },
          ],
        },
        {
          name: 'Wrong',
          value: ({ kind, severity }) => `${severity}: ${kindInWords(kind)}`,
          cell: ({ kind, severity, reason }) => [
            element(
              'span',
              { class: `oracle-warning ${severity}` },
              severity === 'critical' ? element('b', {}, 'critical: ') : undefined,
              kindInWords(kind),
            ),
            element('small', {}, reason),
          ],
          also: [
            { name: 'Measure', value: ({ measure }) => measure },
            { name: 'Peak', value: ({ peak }) => peak },
            { name: 'Reason', value: ({ reason }) => reason },
          ],
        },
        { name: 'Since', unit: 'time', value: ({ start }) => start, cell: ({ start }) => time(start) },
        {
          name: 'Worst',
          unit: 'time',
          value: ({ peakTime }) => peakTime,
          cell: ({ peakTime }) => time(peakTime),
        },
        { name: 'Until', unit: 'time', value: ({ end }) => end, cell: ({ end }) => time(end) },
        {
          name: 'Hangs on it',
          unit: 'USD',
          value: ({ atStakeUsd }) => atStakeUsd,
          cell: ({ atStakeUsd }) => usd(atStakeUsd),
        },
      ],
      keyOf: ({ kind, subject, start }) => `${kind} ${subject} ${start}`,
    },
    state,
  );
}

/** Assets that a cell names. */
const MOST_NAMED = 4;

function ruleTable(state: State, rules: Flags['rules']): Markup {
  return table(
    rules,
    {
      id: 'flag-rules',
      caption: 'What raises a flag, makes it critical and ends it',
      columns: [
        { name: 'Kind', value: ({ kind }) => kindInWords(kind) },
        { name: 'Measured', value: ({ words }) => words },
        { name: 'Raised at', value: ({ raiseAt }) => raiseAt },
        { name: 'Critical at', value: ({ criticalAt }) => criticalAt },
        { name: 'Over when better than', value: ({ clearAt }) => clearAt },
        { name: 'Bad', value: sideInWords },
        { name: 'Readings in a row', unit: 'count', value: ({ readings }) => readings },
      ],
      keyOf: ({ kind }) => kind,
    },
    state,
  );
}
