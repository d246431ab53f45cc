import { bundleOf, compareReports } from '@undertow/report';
import { HOSTILE, hostileBook } from '../../report/src/fixtures/hostile-book.ts';
import { madeOf } from '../../report/src/fixtures/made-reports.ts';
import { scenarioReport } from '../../report/src/scenario/scenario-report.ts';
import { comparisonPage } from './comparison-page.ts';

test('a comparison of hostile books is a page of text that does nothing', () => {
  const book = hostileBook();
  const [before, after] = [-0.3, -0.45].map((move) => ({
    bundle: bundleOf(scenarioReport(madeOf(book), { moves: [{ kind: 'reference', symbol: 'ETH', move }] })),
    book,
  }));
  // The later report stands for what was computed: only the question changed.
  const comparison = compareReports(before!, after!, new Map([['question', after!.bundle.content]]));
  const page = comparisonPage(comparison);
  const tags = new Set([...page.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag));
  for (const tag of ['script', 'img', 'a', 'iframe', 'foreignObject']) expect(tags).not.toContain(tag);
  expect(page).not.toMatch(/NaN|undefined|\u202e|\u0000/);
  expect(page).toContain(HOSTILE[0].replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  expect(page).toContain(before!.bundle.id);
  expect(page).toContain(after!.bundle.id);
});
