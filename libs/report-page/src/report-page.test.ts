import { bundleOf, type ReportBundle } from '@undertow/report';
import { HOSTILE, hostileBook } from '../../report/src/fixtures/hostile-book.ts';
import { madeIncident } from '../../report/src/fixtures/made-incident.ts';
import { madeProposal, madeScenario, madeState, madeSweep } from '../../report/src/fixtures/made-reports.ts';
import { gridPlan, studentTPlan } from '../../sweep/src/fixtures/plans.ts';
import { reportPictures } from './pictures.ts';
import { reportPage } from './report-page.ts';

const made = async (book?: Parameters<typeof madeScenario>[0]): Promise<ReportBundle[]> =>
  [
    madeScenario(book),
    madeState(book),
    madeProposal(book),
    madeIncident(book),
    await madeSweep({ ...studentTPlan, count: 60 }, book),
  ].map(bundleOf);

/** Every tag of a text of HTML or SVG with its attributes, as a parser would see them. */
const tagsOf = (text: string) => [...text.matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*?)?)>/gi)];

const VOID = new Set(['meta', 'br']);

/** Refuses elements that are not closed in the order in which they were opened. */
function expectClosed(text: string): void {
  const open: string[] = [];
  for (const [, slash, name] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)/gi)) {
    if (VOID.has(name!)) continue;
    if (slash === '') open.push(name!);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
}

describe('reportPage', () => {
  it('is whole: closed elements, ids of their own, references that lead somewhere, nothing from elsewhere', async () => {
    for (const bundle of await made()) {
      const page = reportPage(bundle);
      expectClosed(page.replace('<!doctype html>', ''));
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target] of page.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(target);
      expect(page).not.toMatch(/<script|<a |<img|src=|href=|https?:\/\/(?!www\.w3\.org)/);
      expect(page).not.toMatch(/NaN|undefined|\[object/);
      expect(page).toContain(`content="${bundle.id}"`);
      expect(page.length).toBeLessThan(1_500_000);
    }
  });

  it('says every figure with its unit, source and block, and the whole of it for programs', () => {
    const bundle = bundleOf(madeScenario());
    const page = reportPage(bundle);
    for (const { value } of bundle.content.figures)
      if (typeof value === 'number') expect(page).toContain(`<data value="${value}">`);
    expect(page).toContain('simulate of libs/cascade, chain 1, block 1');
    expect(page).toContain('No clock. Rounds have an order but no duration.');
  });

  it('draws each chart for light and dark, wide and narrow', async () => {
    for (const bundle of await made()) {
      const page = reportPage(bundle);
      const charts = page.match(/<figure>/g)!.length;
      for (const look of ['light wide', 'light narrow', 'dark wide', 'dark narrow'])
        expect(page.match(new RegExp(`class="look ${look}"`, 'g'))).toHaveLength(charts);
    }
    const grid = reportPage(bundleOf(await madeSweep(gridPlan)));
    expect(grid).toContain('they are no sample');
  });

  it('has nothing of strangers but text, nor have its pictures', async () => {
    for (const bundle of await made(hostileBook())) {
      const texts = [reportPage(bundle), ...reportPictures(bundle).map(({ svg }) => svg)];
      for (const text of texts) {
        for (const [, name, attributes] of tagsOf(text)) {
          expect(['script', 'img', 'a', 'iframe', 'foreignObject']).not.toContain(name);
          expect(attributes!.replaceAll(/"[^"]*"/g, '')).not.toMatch(/\son|href|src/);
        }
        expect(text.match(/<style>/g) ?? []).toHaveLength(text.startsWith('<!doctype') ? 1 : 0);
        expect(text).not.toMatch(/<!--|\u202e|\u0000|\u0007/);
        expectClosed(text.replace('<!doctype html>', '').replace(/<\?xml.*?\?>/, ''));
      }
      // Somebody's own words are there, as text.
      expect(texts[0]).toContain(HOSTILE[0].replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    }
  });
});

test('pictures say what they are of and which report they belong to', () => {
  const bundle = bundleOf(madeScenario());
  const pictures = reportPictures(bundle);
  expect(pictures.map(({ file }) => file)).toEqual(['cascade.svg', 'waterfall.svg']);
  for (const { svg } of pictures) {
    expect(svg).toMatch(/^<\?xml/);
    expect(svg).toContain(`report ${bundle.id}`);
  }
  expect(reportPictures(bundle)).toEqual(pictures);
});
