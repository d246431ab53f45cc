import { count } from '../../format/number.ts';
import { minute } from '../../format/time.ts';
import { answerOf } from '../../frame/asked.ts';
import { section } from '../../frame/section.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup, type Piece } from '../../markup/element.ts';
import { reportRun as asked } from './asked.ts';
import type { ReportRun } from './load.ts';

/** How far the report is, and once it is made its files and the lines that cite it. */
export function reportRunPanel(state: State): Markup {
  const loaded = answerOf(state, asked);
  return section({
    id: 'report-run',
    title: 'Report',
    loaded,
    now: state.now,
    aside: loaded.value?.state === 'running' && cancelButton(state),
    body: (run) => body(state, run),
  });
}

function cancelButton({ reportDoing }: State): Markup {
  const isUnderWay = reportDoing?.what === 'cancel' && reportDoing.problem === undefined;
  return element(
    'button',
    { type: 'button', 'data-act': 'cancel-report', key: 'cancel', disabled: isUnderWay },
    isUnderWay ? 'Cancelling…' : 'Cancel',
  );
}

function body({ reportDoing, origin }: State, run: ReportRun): Piece {
  const { state, block, bookHash, startedAt, endedAt, schedule, report } = run;
  const problem = reportDoing?.what === 'cancel' ? reportDoing.problem : undefined;
  return [
    problem !== undefined && element('p', { class: 'problem', role: 'alert', key: 'problem' }, problem),
    report === null ? progress(run) : outcome(report, origin),
    element(
      'p',
      { class: 'source', key: 'source', 'data-block': block, 'data-book': bookHash },
      `At block ${count(block)}, book ${bookHash.slice(0, 10)}. ${schedule === null ? 'Begun' : `Begun by the schedule “${schedule}”`} ${minute(startedAt)} UTC`,
      endedAt === null ? '.' : `, ${state} ${minute(endedAt)} UTC.`,
    ),
  ];
}

const STANDS: Readonly<Record<ReportRun['state'], string>> = {
  running: 'Being made',
  cancelled: 'Cancelled: nothing of it is kept',
  failed: 'Failed',
  done: 'Made, and no longer kept',
};

const STAGES: Readonly<Record<string, string>> = {
  steps: 'steps',
  scenarios: 'scenarios',
  tail: 'the worst scenarios, told whole',
  parameters: 'parameters',
  report: 'figures and tables',
};

function progress({ state, reason, progress: far }: ReportRun): Markup {
  const stage = far === null ? '' : (STAGES[far.stage] ?? far.stage);
  const words =
    far === null ? '' : far.all > 1 ? `: ${count(far.done)} of ${count(far.all)} ${stage}` : `: ${stage}`;
  return element(
    'div',
    { class: 'sweep-progress', key: 'progress' },
    element('p', {}, `${STANDS[state]}${state === 'running' ? words : ''}.`),
    state === 'running' &&
      element('progress', {
        // Of what is one piece nobody knows how far it is.
        ...(far !== null && far.all > 1 ? { max: far.all, value: far.done } : {}),
        'aria-label': 'How far the report is',
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

/** The files of a report, by what they are for. */
export const REPORT_FILES = [
  ['report.json', 'data'],
  ['book.json', 'book'],
  ['report.md', 'post'],
  ['report.html', 'page'],
  ['tables.zip', 'tables'],
  ['picture.png', 'picture'],
] as const;

/** Links to all files of a report, to load down. */
export const fileLinks = (path: string, subject: string): Piece =>
  REPORT_FILES.map(([file, what], at) => [
    at > 0 && ', ',
    element(
      'a',
      { href: `${path}/${file}`, download: file, key: file, 'aria-label': `${what} of ${subject}` },
      what,
    ),
  ]);

function outcome(
  { subject, summary, citation, path }: NonNullable<ReportRun['report']>,
  origin: string,
): Piece {
  const cited = [...citation, `${origin}${path}`].join('\n');
  return [
    element(
      'p',
      { class: 'headline', key: 'subject' },
      element('a', { href: path, class: 'report-link' }, subject),
    ),
    element(
      'ul',
      { key: 'summary' },
      summary.map((one, at) => element('li', { key: at }, one)),
    ),
    element('p', { key: 'files' }, 'Load down: ', fileLinks(path, subject), '.'),
    element('h3', { key: 'cite' }, 'Cite it'),
    element('pre', { key: 'citation', id: 'citation', tabindex: 0, 'aria-label': 'Citation' }, cited),
    element(
      'div',
      { class: 'choices', key: 'copy' },
      element(
        'button',
        { type: 'button', 'data-act': 'copy', 'data-text': cited, 'data-what': 'Citation' },
        'Copy the citation',
      ),
    ),
    element(
      'p',
      { class: 'source', key: 'check' },
      'Anyone can check it, without this server’s database: ',
      element('code', {}, `undertow verify ${origin}${path}/report.json`),
    ),
  ];
}
