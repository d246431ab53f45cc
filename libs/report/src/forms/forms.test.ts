import { marked } from 'marked';
import Papa from 'papaparse';
import { studentTPlan } from '../../../sweep/src/fixtures/plans.ts';
import { bundleOf, bundleText, type ReportBundle } from '../bundle.ts';
import { HOSTILE, hostileBook } from '../fixtures/hostile-book.ts';
import { madeIncident } from '../fixtures/made-incident.ts';
import { madeProposal, madeScenario, madeState, madeSweep } from '../fixtures/made-reports.ts';
import { readText } from '../fixtures/read-text.ts';
import { reportCsv } from './csv.ts';
import { reportMarkdown } from './markdown.ts';
import { shownTables } from './shown-tables.ts';
import { shownText, shownValue } from './shown-value.ts';

const bundles = async (book?: Parameters<typeof madeScenario>[0]): Promise<ReportBundle[]> =>
  [
    madeScenario(book),
    madeState(book),
    madeProposal(book),
    madeIncident(book),
    await madeSweep({ ...studentTPlan, count: 60 }, book),
  ].map(bundleOf);

const [scenario, state] = [bundleOf(madeScenario()), bundleOf(madeState())];

describe('reportMarkdown', () => {
  it('begins with what a reader must know, and ends with how to check it', () => {
    const text = reportMarkdown(scenario);
    expect(text).toMatch(/^## ETH −40 %: a cascade on chain 1, block 1\n/);
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines[0]).toMatch(/^- (Debt|Lenders)/);
    expect(text).toContain(scenario.id);
    expect(text).toContain('undertow verify');
    expect(text).toMatch(/\| Loss \| [\d.,KM]+ \| USD, at the final market prices/);
  });

  it('is of a size that forums take, and its tables are tables', async () => {
    for (const bundle of await bundles()) {
      const text = reportMarkdown(bundle);
      expect(text.length).toBeLessThan(32_000);
      const html = await marked.parse(text);
      expect(html.match(/<table>/g)!.length).toBeGreaterThan(4);
      expect(html).not.toMatch(/\| ---/);
    }
  });

  it('shows a picture where there is one', () => {
    const text = reportMarkdown(scenario, [{ file: 'cascade chart.svg', words: 'Prices [and] values' }]);
    expect(text).toContain('![Prices \\[and\\] values](cascade%20chart.svg)');
  });

  it('has nothing of strangers but text', async () => {
    for (const bundle of await bundles(hostileBook())) {
      const html = await marked.parse(reportMarkdown(bundle));
      const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag));
      for (const tag of tags)
        expect([
          'h2',
          'h3',
          'ul',
          'li',
          'p',
          'table',
          'thead',
          'tbody',
          'tr',
          'th',
          'td',
          'code',
          'pre',
          'sub',
        ]).toContain(tag);
      expect(html).not.toMatch(/<(a|img|script|style|em|strong|del)\b/);
      expect(html).not.toMatch(/<!--|\u202e|\u0000/);
      // What a forum would notify is not in running text; in code it means nothing.
      const running = html.replaceAll(/<code>.*?<\/code>/gs, '');
      expect(running).not.toMatch(/@everyone|[^\\]:boom:|https:\/\/evil/);
    }
  });
});

describe('reportCsv', () => {
  it('has every table whole, with units in the heads and the report in every row', () => {
    const files = reportCsv(scenario);
    expect(files.map(({ name }) => name)).toEqual([
      'figures.csv',
      ...scenario.content.tables.map(({ name }) => `${name}.csv`),
    ]);
    const rounds = files.find(({ name }) => name === 'rounds.csv')!;
    const { data, meta } = Papa.parse<Record<string, string>>(rounds.text.trimEnd(), { header: true });
    expect(meta.fields![0]).toBe('index (number of the round, from 1)');
    const table = scenario.content.tables.find(({ name }) => name === 'rounds')!;
    expect(data).toHaveLength(table.rows.length);
    expect(Number(Object.values(data[0]!)[3])).toBe(table.rows[0]![3]);
    expect(data[0]!['report_id']).toBe(scenario.id);
  });

  it('has no cell that a spreadsheet would run', async () => {
    for (const bundle of await bundles(hostileBook()))
      for (const { text } of reportCsv(bundle))
        for (const cell of Papa.parse<string[]>(text.trimEnd()).data.flat())
          expect(/^\s*[=+\-@]|^[\t\r\n]/.test(cell) && Number.isNaN(Number(cell))).toBe(false);
  });
});

describe('what people read', () => {
  it.each([
    [-0.3, 'ratio, 1 = all of it: -0.3 = 30 % down', '−30 %'],
    [0.98765, 'ratio: modelled debt ÷ known debt', '98.77 %'],
    [1.2345678, 'ratio: liquidatedUsd of all rounds ÷ of the first', '1.2346'],
    [1_234_567, 'USD, at the final market prices', '1.235M'],
    [999.6, 'USD', '1,000'],
    [0.2, 'USD', '<1'],
    [2_512.345, 'USD per unit of the asset', '2,512.3'],
    [12_345, 'a number of them', '12,345'],
    [12_345, 'number of the block', '12345'],
    [null, 'USD', '–'],
    [true, 'yes or no', 'yes'],
  ])('%s of %s is %s', (value, unit, text) => {
    expect(shownValue(value, unit)).toBe(text);
  });

  it('shows a heatmap by moves, of each table the columns that fit, and counts what it leaves out', () => {
    const heatmap = shownTables(state.content, 1).find(({ name }) => name === 'heatmap')!;
    expect(heatmap.columns.map(({ label }) => label)).toEqual(['What moves', '−30 %', '+30 %']);
    expect(heatmap.rows).toHaveLength(1);
    expect(heatmap.more).toBeGreaterThan(0);
    for (const { columns } of shownTables(scenario.content, 5)) expect(columns.length).toBeLessThan(10);
  });

  it('shows the specification as forums do: a row for each market, what is and what is recommended', () => {
    const shown = shownTables(madeProposal(), 20).find(({ name }) => name === 'specification')!;
    const labels = shown.columns.map(({ label }) => label);
    expect(labels.slice(0, 4)).toEqual([
      ...['Instance', 'Asset', 'Current Liquidation Threshold', 'Recommended Liquidation Threshold'],
    ]);
    expect(shown.rows.map(([venue, asset, current]) => [venue, asset, current])).toContainEqual([
      ...['aave30', 'ETH', '80 %'],
    ]);
  });

  it('keeps text of strangers short and without what changes what is beside it', () => {
    expect(shownText('a\u202eb\nc')).toBe('a\ufffdb\ufffdc');
    expect([...shownText('𝒳'.repeat(500))]).toHaveLength(120);
  });
});

test('a bundle with hostile names is read as it was written', async () => {
  for (const bundle of await bundles(hostileBook())) {
    expect(readText(bundleText(bundle))).toEqual(bundle);
    expect(HOSTILE.some((text) => bundleText(bundle).includes(JSON.stringify(text).slice(1, -1)))).toBe(true);
  }
});
