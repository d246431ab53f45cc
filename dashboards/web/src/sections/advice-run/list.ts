import { count, percent } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { link } from '../../frame/link.ts';
import type { Section } from '../../frame/page.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { table } from '../../frame/table.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { adviceRun, adviceRuns as asked } from './asked.ts';
import type { KeptAdviceRun } from './load.ts';

/** Runs under way and those that are kept, with the way to each. */
export const adviceRunsSection: Section = {
  key: 'advice-runs',
  asks: [adviceRun, asked],
  view: (state) =>
    section({
      id: 'advice-runs',
      title: 'Runs of advices',
      loaded: answerOf(state, asked),
      now: state.now,
      body: (runs) => body(state, runs),
    }),
};

function body(state: State, runs: readonly KeptAdviceRun[]): Piece | Markup {
  if (runs.length === 0) return element('p', { class: 'waiting' }, 'None yet.');
  return table(
    runs,
    {
      id: 'advice-runs',
      caption: 'Runs of advices, those under way first, then the newest',
      isInOrder: true,
      columns: [
        {
          name: 'Begun',
          unit: 'time',
          value: ({ startedAt }) => startedAt,
          cell: ({ id, startedAt }) =>
            link(state, `/advice/${encodeURIComponent(id)}`, { title: id }, `${minute(startedAt)} UTC`),
          also: [{ name: 'Id', value: ({ id }) => id }],
        },
        { name: 'Block', unit: 'count', value: ({ block }) => block, cell: ({ block }) => count(block) },
        { name: 'Question', value: questionWords },
        { name: 'By', value: ({ isScheduled }) => (isScheduled ? 'the server' : 'somebody') },
        { name: 'State', value: ({ state: stands }) => stands },
      ],
      keyOf: ({ id }) => id,
    },
    state,
  );
}

interface Kept {
  readonly confidence?: number;
  readonly tolerance?: {
    readonly most?:
      { readonly kind: 'usd'; readonly usd: number } | { readonly kind: 'share'; readonly share: number };
  };
  readonly args?: {
    readonly venue?: string | null;
    readonly market?: string | null;
    readonly parameters?: readonly string[] | null;
  };
}

/** What a run was asked, shortly. What an older Undertow kept says less. */
export function questionWords({ asked: kept }: Pick<KeptAdviceRun, 'asked'>): string {
  const { confidence, tolerance, args } = kept as Kept;
  const most = tolerance?.most;
  const where = [
    args?.parameters?.join(', '),
    args?.market,
    args?.venue ? venueName(args.venue) : undefined,
  ].filter((one) => typeof one === 'string' && one !== '');
  return [
    where.length === 0 ? 'all parameters' : where.join(', '),
    ...(most
      ? [most.kind === 'usd' ? `${count(most.usd)} USD` : `${percent(most.share, 3)} of what is borrowed`]
      : []),
    ...(confidence === undefined ? [] : [`at ${percent(confidence, 2)}`]),
  ].join('; ');
}
