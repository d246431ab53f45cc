import { count, counted } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { choiceField } from '../../frame/form-field.ts';
import { link } from '../../frame/link.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table, type Column } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { EVERY_REPORT } from '../report-form/choice.ts';
import { KIND_NAMES } from '../report-form/panel.ts';
import { fileLinks } from '../report-run/panel.ts';
import { venues } from '../venues/asked.ts';
import { reports as asked } from './asked.ts';
import type { KeptReport, KeptReports } from './load.ts';

/** Reports that are kept: found by kind, venue and words, two of them compared, each with its files. */
export function reportsPanel(state: State): Markup {
  return section({
    id: 'reports',
    title: 'Reports that are kept',
    loaded: answerOf(state, asked),
    now: state.now,
    lead: lookForm(state),
    body: (value) => body(state, value),
  });
}

function lookForm(state: State): Markup {
  const { looked } = state.reports;
  return element(
    'form',
    {
      class: 'sweep-plan',
      'data-act': 'look-for-reports',
      key: 'look',
      role: 'search',
      'aria-label': 'Find reports',
    },
    element(
      'div',
      { class: 'fields' },
      choice('about', 'Kind', [looked.kind, ...Object.entries(KIND_NAMES)]),
      choice('concerning', 'Venue', [
        looked.venue,
        ...(answerOf(state, venues).value ?? []).map(({ id }) => [id, venueName(id)] as const),
      ]),
      element(
        'label',
        { class: 'field', key: 'find' },
        element('span', {}, 'Words of its title, or of its id'),
        element('input', {
          name: 'find',
          type: 'search',
          autocomplete: 'off',
          value: looked.text,
          maxlength: 200,
        }),
      ),
    ),
  );
}

function choice(
  name: string,
  label: string,
  [value, ...options]: readonly [string, ...(readonly (readonly [string, string])[])],
): Piece {
  return choiceField(name, label, { value, options: [['', 'all'], ...options] });
}

function body(state: State, { reports: { nodes, totalCount }, reportRuns }: KeptReports): Piece {
  const isAll = JSON.stringify(state.reports.looked) === JSON.stringify(EVERY_REPORT);
  return [
    openRuns(state, reportRuns),
    nodes.length === 0
      ? element(
          'p',
          { class: 'waiting', key: 'none' },
          isAll ? 'None yet: choose what it is about, and make it.' : 'None is like that.',
        )
      : [compareLine(state, nodes), list(state, nodes)],
    element(
      'p',
      { class: 'source', key: 'many' },
      totalCount > nodes.length
        ? `The newest ${count(nodes.length)} of ${counted(totalCount, 'report')}. `
        : `${counted(totalCount, 'report')}. `,
      'New ones as a feed: ',
      element('a', { href: '/reports.atom', type: 'application/atom+xml' }, 'reports.atom'),
      '.',
    ),
  ];
}

/** What is being made, or could not be. */
function openRuns(state: State, runs: KeptReports['reportRuns']): Piece {
  const open = runs.filter(({ state: stands }) => stands === 'running' || stands === 'failed').slice(0, 3);
  if (open.length === 0) return undefined;
  return element(
    'ul',
    { key: 'open', class: 'source' },
    open.map(({ id, kind, state: stands, block, reason }) =>
      element(
        'li',
        { key: id },
        link(
          state,
          `/reports/${encodeURIComponent(id)}`,
          {},
          `${KIND_NAMES[kind] ?? kind} at block ${count(block)}`,
        ),
        stands === 'running' ? ' is being made.' : ` failed: ${reason ?? 'no reason is known'}`,
      ),
    ),
  );
}

function compareLine({ reports: { compared } }: State, nodes: readonly KeptReport[]): Markup {
  const nameOf = (id: string) => nodes.find((one) => one.id === id)?.subject ?? id.slice(0, 12);
  const [first, second] = compared;
  return element(
    'p',
    { class: 'source', key: 'compare' },
    first === undefined
      ? 'Mark two reports to compare them.'
      : second === undefined
        ? `“${nameOf(first)}” is marked: mark another one to compare it with.`
        : element(
            'a',
            { href: `/r/${first}/against/${second}`, class: 'report-link' },
            `Compare “${nameOf(first)}” with “${nameOf(second)}”`,
          ),
  );
}

function list(state: State, nodes: readonly KeptReport[]): Piece {
  return table(
    nodes,
    {
      ...{ id: 'reports', caption: 'Reports, the newest first' },
      columns: [...nameColumns, ...placeColumns, filesColumn, compareColumn(state)],
      keyOf: ({ id }) => id,
    },
    state,
  );
}

const nameColumns: readonly Column<KeptReport>[] = [
  {
    name: 'Report',
    value: ({ subject }) => subject,
    cell: ({ path, subject, id }) => element('a', { href: path, title: id }, subject),
    also: [{ name: 'Id', value: ({ id }) => id }],
  },
  { name: 'Kind', value: ({ kind }) => KIND_NAMES[kind] ?? kind },
];

const placeColumns: readonly Column<KeptReport>[] = [
  { name: 'Block', unit: 'count', value: ({ block }) => block, cell: ({ block }) => count(block) },
  {
    ...{ name: 'Made', unit: 'time' },
    value: ({ madeAt }) => madeAt,
    cell: ({ madeAt, schedule }) => `${minute(madeAt)} UTC${schedule === null ? '' : `, ${schedule}`}`,
    also: [{ name: 'Schedule', value: ({ schedule }) => schedule ?? undefined }],
  },
  {
    ...{ name: 'Signed', unit: 'count' },
    title: 'How many have signed it',
    value: ({ signers }) => signers.length,
    cell: ({ signers }) => (signers.length === 0 ? '–' : count(signers.length)),
    also: [{ name: 'Signers', value: ({ signers }) => signers.join(' ') }],
  },
];

const filesColumn: Column<KeptReport> = {
  name: 'Files',
  value: ({ path }) => path,
  cell: ({ path, subject }) => fileLinks(path, subject),
};

const compareColumn = ({ reports: { compared } }: State): Column<KeptReport> => ({
  name: 'Compare',
  value: ({ id }) => (compared.includes(id) ? 'marked' : undefined),
  cell: ({ id, subject }) =>
    element(
      'button',
      {
        ...{ type: 'button', 'data-act': 'mark-report', 'data-report': id },
        'aria-pressed': compared.includes(id) ? 'true' : 'false',
        'aria-label': `${compared.includes(id) ? 'Marked' : 'Mark'} to compare: ${subject}`,
      },
      compared.includes(id) ? 'Marked' : 'Mark',
    ),
});
