import { count, counted, usd } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { adviceRun as asked } from './asked.ts';
import type { AdviceRun } from './load.ts';

/** How far a run of advices is, and what its changes come to together. */
export function runPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'advice-run',
    title: 'Run of advices',
    loaded,
    now: state.now,
    aside: loaded.value?.state === 'running' && cancelButton(state),
    body: (run) => body(state, run),
  });
}

function cancelButton({ adviceDoing }: State): Markup {
  const isUnderWay = adviceDoing?.what === 'cancel' && adviceDoing.problem === undefined;
  return element(
    'button',
    { type: 'button', 'data-act': 'cancel-advice', key: 'cancel', disabled: isUnderWay },
    isUnderWay ? 'Cancelling…' : 'Cancel',
  );
}

function body({ adviceDoing }: State, run: AdviceRun): Piece {
  const { state, block, bookHash, startedAt, endedAt, isScheduled } = run;
  const problem = adviceDoing?.what === 'cancel' ? adviceDoing.problem : undefined;
  return [
    problem !== undefined && element('p', { class: 'problem', role: 'alert', key: 'problem' }, problem),
    state === 'done' ? outcome(run) : progress(run),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': block, 'data-book': bookHash },
      `At block ${count(block)}, book ${bookHash.slice(0, 10)}. ${isScheduled ? 'Begun by the server' : 'Begun'} ${minute(startedAt)} UTC`,
      endedAt === null ? '.' : `, ${state} ${minute(endedAt)} UTC.`,
    ),
  ];
}

const STANDS: Readonly<Record<AdviceRun['state'], string>> = {
  running: 'Running',
  cancelled: 'Cancelled: nothing of it is kept',
  failed: 'Failed',
  done: 'Done',
};

function progress({ state, reason, progress: far }: AdviceRun): Markup {
  return element(
    'div',
    { class: 'sweep-progress', key: 'progress' },
    element(
      'p',
      {},
      `${STANDS[state]}${state === 'running' && far !== null ? `: ${count(far.done)} of ${count(far.all)} ${far.stage}` : ''}.`,
    ),
    state === 'running' &&
      element('progress', {
        ...{ max: far?.all ?? 1, value: far?.done ?? 0, 'aria-label': 'How far the advices are' },
      }),
    reason !== null && element('p', { class: 'problem', key: 'reason' }, reason),
    state === 'running' &&
      element(
        'p',
        { class: 'source', key: 'leave' },
        'It goes on when this page is left: the link leads back to it.',
      ),
  );
}

/** How many say what, what all changes come to together, and the post. */
function outcome({ advices, together, post }: AdviceRun): Piece {
  const change = advices.filter(({ verdict }) => verdict === 'raise' || verdict === 'lower').length;
  return [
    element(
      'p',
      { key: 'many' },
      `${counted(advices.length, 'advice')}, ${change === 0 ? 'none with a change' : `${count(change)} with a change`}.`,
    ),
    together !== null && [
      element(
        'p',
        { key: 'together', class: together.isWithin === false ? 'problem' : undefined },
        together.words,
      ),
      element(
        'p',
        { key: 'losses' },
        `Expected shortfall of all venues: ${usd(together.before.expectedShortfallUsd)} now, ${together.after.isLowerBound ? 'at least ' : ''}${usd(together.after.expectedShortfallUsd)} with all changes.`,
      ),
    ],
    post !== null &&
      element(
        'details',
        { key: 'post', id: 'advice-post' },
        element('summary', {}, 'A post for a forum, Markdown'),
        element('pre', { tabindex: 0, 'aria-label': 'The post' }, post),
      ),
  ];
}
