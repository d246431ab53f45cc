import { answered, htmlOf, textOf } from '../../../test-server/draw-page.ts';
import { toyAnswer } from '../../../test-server/toy-answers.ts';
import { TOY_REPORT } from '../../../test-server/toy-reports.ts';
import { toyState } from '../../../test-server/toy-state.ts';
import { addressOf, carriedBy } from '../../frame/carried.ts';
import type { State } from '../../frame/state.ts';
import { readLink } from '../../scenario/link.ts';
import { USUAL_ADVICE } from '../../sections/advice-form/choice.ts';
import { reportAddress } from '../../sections/report-form/address.ts';
import { DEFAULT_REPORTS, withCompared, type ReportsChoice } from '../../sections/report-form/choice.ts';
import { inputOf } from '../../sections/report-form/input.ts';
import { reportRun } from '../../sections/report-run/asked.ts';
import { REPORT_RUN, type ReportRun } from '../../sections/report-run/load.ts';
import { reports } from '../../sections/reports/asked.ts';
import { REPORTS, type KeptReports } from '../../sections/reports/load.ts';
import { page } from './page.ts';

const NOW = 1_795_175_400;
let run: ReportRun;
let kept: KeptReports;
let state: State;

beforeAll(async () => {
  run = (await toyAnswer<{ reportRun: ReportRun }>(REPORT_RUN, { id: TOY_REPORT })).reportRun;
  kept = await toyAnswer<KeptReports>(REPORTS, { where: null });
  const plain: State = {
    ...(await toyState(NOW)),
    at: { page: 'reports', path: `/reports/${TOY_REPORT}`, parts: { id: TOY_REPORT } },
    origin: 'http://undertow.example',
  };
  state = answered(answered(plain, reportRun, run), reports, kept);
});

const choosing = (choice: Partial<ReportsChoice>): State => ({
  ...state,
  reports: { ...state.reports, ...choice },
});

test('a report that is made stands with what it says, its files, and the lines that cite it', () => {
  const html = htmlOf(page, state);
  const text = textOf(page, state);
  const { id, path, summary } = run.report!;
  for (const sentence of summary) expect(text).toContain(sentence);
  expect(html).toContain(`data-text="Undertow report: `);
  expect(text).toContain(`id ${id}`);
  expect(text).toContain(`undertow verify http://undertow.example${path}/report.json`);
  for (const file of ['report.json', 'book.json', 'report.md', 'tables.zip', 'picture.png'])
    expect(html).toContain(`href="${path}/${file}"`);
  expect(html).not.toMatch(/NaN|>undefined|>null|Infinity/);
});

test('while it is made there is how far it is and a way to end it; what failed says why', () => {
  const running: ReportRun = {
    ...run,
    ...{ state: 'running', report: null, endedAt: null },
    progress: { stage: 'scenarios', done: 20, all: 1_000 },
  };
  const html = htmlOf(page, answered(state, reportRun, running));
  expect(html).toMatch(/data-act="cancel-report".*<progress max="1000" value="20"/s);
  expect(textOf(page, answered(state, reportRun, running))).toContain('Being made: 20 of 1,000 scenarios.');
  const whole = { ...running, progress: { stage: 'report', done: 0, all: 1 } };
  expect(textOf(page, answered(state, reportRun, whole))).toContain('Being made: figures and tables.');
  const failed: ReportRun = { ...running, state: 'failed', progress: null, reason: 'No such block.' };
  expect(textOf(page, answered(state, reportRun, failed))).toMatch(/Failed\..*No such block\./);
});

test('kept reports are found again, and two of them compared', () => {
  const [report] = kept.reports.nodes;
  const other = { ...report!, id: 'f'.repeat(64), path: `/r/${'f'.repeat(64)}`, subject: 'Another' };
  const two = answered(state, reports, { ...kept, reports: { totalCount: 60, nodes: [report!, other] } });
  const text = textOf(page, two);
  expect(text).toContain('The newest 2 of 60 reports.');
  expect(text).toContain('Mark two reports to compare them.');
  const compared = [report!.id, other.id];
  const html = htmlOf(page, { ...two, reports: { ...two.reports, compared } });
  expect(html).toContain(`href="/r/${report!.id}/against/${other.id}"`);
  expect(html.match(/aria-pressed="true"/g)).toHaveLength(2);
  expect(withCompared(compared, 'e'.repeat(64))).toEqual([other.id, 'e'.repeat(64)]);
  expect(withCompared(compared, other.id)).toEqual([report!.id]);
  const none = { ...kept, reports: { totalCount: 0, nodes: [] } };
  expect(textOf(page, answered(state, reports, none))).toContain('None yet: choose what it is about');
  const looking = choosing({ looked: { kind: 'sweep', venue: '', text: 'x' } });
  expect(textOf(page, answered(looking, reports, none))).toContain('None is like that.');
});

test('what failed lately is told with its reason', () => {
  const failed = { ...kept, reportRuns: [{ ...run, state: 'failed' as const, reason: 'No prices.' }] };
  expect(textOf(page, answered(state, reports, failed))).toMatch(
    /State of risk at block .* failed: No prices\./,
  );
});

test('the form asks for what is on screen, and says what is missing', () => {
  const moves = [{ what: 'ETH', move: -0.3 }];
  expect(inputOf(choosing({ kind: 'state' }))).toEqual({ input: {} });
  const scenario = { ...choosing({ kind: 'scenario' }), moves };
  expect(inputOf(scenario)).toMatchObject({ input: { moves, depthFactor: 1, policies: { gasUsd: 0 } } });
  expect(textOf(page, scenario)).toContain('Of ETH −30\u202f%');
  expect(inputOf({ ...scenario, overrides: ['v M closeFactor=1'] })).toMatchObject({
    why: expect.stringContaining('changed terms'),
  });
  expect(inputOf({ ...scenario, moves: [] })).toMatchObject({
    why: expect.stringContaining('nothing moves'),
  });
  expect(inputOf(choosing({ kind: 'sweep' }))).toMatchObject({
    why: expect.stringContaining('choose a sweep'),
  });
  expect(inputOf(choosing({ kind: 'sweep', sweep: 's' }))).toEqual({ input: { sweep: 's' } });
  const asking = (texts: Partial<typeof USUAL_ADVICE>): State => ({
    ...choosing({ kind: 'proposal' }),
    advice: { ...state.advice, texts: { ...USUAL_ADVICE, ...texts } },
  });
  expect(inputOf(asking({ at: 'aave-v3', tolerate: '1000', volatilities: 'ETH:0.7' }))).toMatchObject({
    input: { venues: ['aave-v3'], toleranceUsd: 1_000, plan: { kind: 'monte-carlo' }, count: null },
  });
  expect(inputOf(asking({}))).toMatchObject({ input: { plan: null, count: 1_000, venues: null } });
  expect(inputOf(asking({ on: 'WETH' }))).toMatchObject({ why: expect.stringContaining('whole venues') });
  expect(inputOf(asking({ confidence: '2' }))).toMatchObject({ why: expect.stringContaining('confidence') });
});

test('the way from a result to its report fills the form at the block of the result, and reading it gives it back', () => {
  const moves = [{ what: 'ETH', move: -0.3 }];
  const here: State = { ...state, moves, isChosen: false };
  const [path, query = ''] = reportAddress(here, { kind: 'scenario', block: 77 }).split(/(?=\?)/);
  expect(path).toBe('/reports');
  const link = readLink(query.split('#')[0]!);
  expect(link).toMatchObject({ moves, block: 77, problems: [], reports: { kind: 'scenario' } });
  const sweep = reportAddress(here, { kind: 'sweep', sweep: 'abc', block: 78 });
  expect(sweep).toContain('block=78&report=sweep&of=abc#report-form-title');
  const chosen: State = {
    ...choosing({
      ...{ kind: 'proposal', sweep: 's', compared: ['a'.repeat(64), 'b'.repeat(64)] },
      looked: { kind: 'state', venue: 'v & w', text: '%' },
    }),
    advice: { ...state.advice, texts: { ...USUAL_ADVICE, at: 'aave-v3' } },
  };
  const written = addressOf({ ...chosen, carried: carriedBy(chosen) });
  const read = readLink(written.slice(written.indexOf('?')));
  expect(read.reports).toEqual(chosen.reports);
  expect(read.advice.texts.at).toBe('aave-v3');
  expect(readLink('?report=nonsense').problems[0]).toContain('no report is made of “nonsense”');
  expect(readLink('').reports).toEqual(DEFAULT_REPORTS);
});
