import { answerOf } from '../../frame/asked.ts';
import { moment } from '../../frame/moment.ts';
import { newestHead } from '../../frame/newest-head.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { count, counted, share, usd } from '../../format/number.ts';
import { utc } from '../../format/time.ts';
import { inWords } from '../../format/words.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { status } from '../status/asked.ts';
import type { Status } from '../status/load.ts';

const CONNECTION = {
  opening: 'connecting',
  live: 'news of new blocks arrive by themselves',
  lost: 'no news arrive; asked every few seconds instead',
} as const;

/** Whether what is shown can be relied on: the chain, the facts, the connection. */
export function healthPanel(state: State): Markup {
  const loaded = answerOf(state, status);
  return section({
    id: 'health',
    title: 'Chain and facts',
    loaded,
    now: state.now,
    body: (value) => {
      const head = newestHead(state);
      const lines: [string, Piece][] = [
        [
          'Trusted',
          value.trusted
            ? 'Yes: the facts stored are not known to differ from the chain.'
            : `No: ${value.reason}`,
        ],
        ['Network', head ? `${value.network}, chain id ${head.chainId}` : value.network],
        [
          'Newest block',
          head
            ? [`${count(head.block)}, `, moment(head.time, state.now), ` (${utc(head.time)})`]
            : 'none is stored yet',
        ],
        ['Its hash', head ? element('code', {}, head.hash) : '–'],
        ['Final after', counted(value.finalityDepth, 'block')],
        ['Facts stored', count(value.facts)],
        ['Connection', CONNECTION[state.connection]],
      ];
      return element(
        'dl',
        { class: 'lines' },
        lines.map(([name, said]) => [
          element('dt', { key: name }, name),
          element(
            'dd',
            { key: `${name} said`, class: name === 'Trusted' && !value.trusted && 'worse' },
            said,
          ),
        ]),
      );
    },
  });
}

/** How much of the debt the numbers speak of, and all that is left out, with its reason. */
export function coveragePanel(state: State): Markup {
  return section({
    id: 'gaps',
    title: 'Coverage',
    loaded: answerOf(state, status),
    now: state.now,
    body: ({ coverage }) => [
      element(
        'p',
        { class: 'headline', key: 'headline' },
        `${share(coverage.share)} of the debt that has a price is modelled: ${usd(coverage.modelledDebtUsd)} of ${usd(coverage.knownDebtUsd)}, in ${counted(coverage.accounts, 'account')}.`,
      ),
      coverage.gaps.length === 0
        ? element('p', { key: 'none' }, 'Nothing is known to be missing.')
        : gapTable(state, coverage.gaps),
    ],
  });
}

const gapTable = (state: State, gaps: Status['coverage']['gaps']): Markup =>
  table(
    gaps,
    {
      id: 'gaps',
      caption: 'What is left out. What has no value is in no share',
      columns: [
        { name: 'What', value: ({ source }) => source },
        { name: 'Because', value: ({ reason }) => reason },
        {
          name: 'How many',
          unit: 'count',
          value: (gap) => gap.count,
          cell: (gap) => counted(gap.count, inWords(gap.unit).toLowerCase()),
          also: [{ name: 'Of', value: ({ unit }) => unit }],
        },
        {
          name: 'Debt',
          unit: 'USD',
          value: ({ debtUsd }) => debtUsd,
          cell: ({ debtUsd }) => (debtUsd === null ? 'not valued' : usd(debtUsd)),
        },
      ],
      keyOf: ({ source, reason }) => `${source} ${reason}`,
    },
    state,
  );
