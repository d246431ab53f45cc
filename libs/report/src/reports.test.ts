import { exportBook, importBook } from '@undertow/book';
import { simulate } from '@undertow/cascade';
import { bookOfAllMechanisms } from '../../book/src/fixtures/book-of-all-mechanisms.ts';
import { whaleBook } from '../../cascade/src/fixtures/crowd-books.ts';
import { gridPlan, studentTPlan } from '../../sweep/src/fixtures/plans.ts';
import { bundleOf, bundleText } from './bundle.ts';
import type { ReportContent, ReportValue } from './content.ts';
import { differencesOf } from './differences.ts';
import { madeIncident } from './fixtures/made-incident.ts';
import { FALL, madeOf, madeProposal, madeScenario, madeState, madeSweep } from './fixtures/made-reports.ts';
import { readText } from './fixtures/read-text.ts';
import { advicesOf, type ProposalQuestion } from './proposal/proposal-report.ts';
import { scenarioReport } from './scenario/scenario-report.ts';

const plan = { ...studentTPlan, count: 60 };
const kinds: readonly (readonly [string, (book?: ReturnType<typeof whaleBook>) => Promise<ReportContent>])[] =
  [
    ['scenario', async (book) => madeScenario(book)],
    ['state', async (book) => madeState(book)],
    ['proposal', async (book) => madeProposal(book)],
    ['incident', async (book) => madeIncident(book)],
    ['sweep', (book) => madeSweep(plan, book)],
    ['sweep of a grid', (book) => madeSweep(gridPlan, book)],
  ];

const valueOf = ({ figures }: ReportContent, name: string) => figures.find((one) => one.name === name)?.value;
function columnOf({ tables }: ReportContent, table: string, column: string): ReportValue[] {
  const found = tables.find(({ name }) => name === table)!;
  const at = found.columns.findIndex(({ name }) => name === column);
  return found.rows.map((row) => row[at]!);
}
const sum = (values: readonly ReportValue[]) =>
  values.reduce<number>((all, value) => all + (value as number), 0);

describe.each(kinds)('a report of a %s', (_kind, make) => {
  it('is read as it was written, and the same bytes when it is made again', async () => {
    const content = await make();
    const text = bundleText(bundleOf(content));
    expect(readText(text).content).toEqual(JSON.parse(JSON.stringify(content)));
    expect(bundleText(bundleOf(await make()))).toBe(text);
  });

  it('says the unit, the block and the source of every figure, its coverage, and sentences', async () => {
    const { figures, tables, summary, blocks, question } = await make();
    const { block } = blocks[0]!;
    for (const figure of [...figures, ...tables.flatMap(({ columns }) => columns)])
      expect(figure.unit).not.toBe('');
    for (const { block: own, source } of [...figures, ...tables]) {
      // Of a replay what happened is of the last block.
      expect([block, question.kind === 'incident' ? question.happened.to.block : block]).toContain(own);
      expect(source).toMatch(/book|libs\/|of the chain|the indexer/);
    }
    expect(figures.map(({ name }) => name)).toContain('coverageShare');
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['prices', 'depth', 'gaps']));
    for (const sentence of summary) expect(sentence).toMatch(/^[A-Z0-9].*[.]$/);
  });
});

test('every kind is the same of a book from a file, to the last byte', () => {
  const book = bookOfAllMechanisms();
  const file = importBook(exportBook(book));
  const { symbol } = book.references.find((one) => one.symbol !== 'USD')!;
  const scenario = {
    moves: [{ kind: 'reference', symbol, move: -0.5 }],
  } as const;
  const textsOf = (one: typeof book) =>
    [scenarioReport(madeOf(one), scenario), madeState(one)].map((content) => bundleText(bundleOf(content)));
  expect(textsOf(file)).toEqual(textsOf(book));
});

describe('a report of a scenario', () => {
  const content = madeScenario();
  const result = simulate(whaleBook(), FALL);

  it('has the figures of the engine, to the last bit, and tables that add up to them', () => {
    for (const name of ['lossUsd', 'badDebtUsd', 'stuckUsd', 'accounts', 'amplification'] as const)
      expect([name, valueOf(content, name)]).toEqual([name, result[name]]);
    expect(valueOf(content, 'lossBetweenUsd')).toBe(result.band!.between.lossUsd);
    expect(sum(columnOf(content, 'rounds', 'liquidatedUsd'))).toBeCloseTo(result.liquidatedUsd, 4);
    expect(sum(columnOf(content, 'roundVenues', 'liquidatedUsd'))).toBeCloseTo(result.liquidatedUsd, 4);
    expect(sum(columnOf(content, 'venues', 'lossUsd'))).toBeCloseTo(result.lossUsd, 4);
  });

  it('says all of the scenario, so that defaults of a later program change nothing', () => {
    expect(content.question).toMatchObject({
      scenario: { volatilityMove: 0, depthFactor: 1, policies: { oracles: 'between', depositors: 'sell' } },
    });
  });

  it('begins with who loses how much', () => {
    expect(content.subject).toBe('ETH −40 %: a cascade on chain 1, block 1');
    expect(content.summary[0]).toMatch(/lose|due/);
  });

  it('is another for another book, and the differences name what moved', () => {
    const other = whaleBook();
    const thin = { ...other, coverage: { ...other.coverage, share: 0.5 } };
    expect(differencesOf(content, scenarioReport(madeOf(thin), FALL)).map(({ place }) => place)).toEqual([
      'figures.coverageShare.value',
      ...['summary[1]', 'summary[2]'].map(() => expect.stringMatching(/^summary\[\d\]$/)),
    ]);
  });
});

describe('a state of risk', () => {
  const content = madeState();

  it('says on whom the debt hangs: shares add up, and one who owes all would be 1', () => {
    const [largest] = columnOf(content, 'owners', 'debtUsd') as number[];
    const [all] = columnOf(content, 'concentration', 'debtUsd') as number[];
    expect(columnOf(content, 'concentration', 'top1')[0]).toBeCloseTo(largest! / all!, 9);
    for (const share of columnOf(content, 'concentration', 'herfindahl') as number[])
      expect(share <= 1 && share >= 0).toBe(true);
  });

  it('has a cell for every row and move, the worst of them in words, and what no market trades as a flag', () => {
    const losses = columnOf(content, 'heatmap', 'lossUsd') as number[];
    expect(losses.length % 2).toBe(0);
    expect(valueOf(content, 'worstLossUsd')).toBe(Math.max(...losses));
    expect(columnOf(content, 'flags', 'about')).toContain('CRV');
    expect(columnOf(content, 'reproduction', 'drop')).toEqual([0, 0.3]);
  });
});

describe('a report of a sweep', () => {
  it('has risks, intervals and a tail of a sample, and none of a grid', async () => {
    const [sample, grid] = [await madeSweep(plan), await madeSweep(gridPlan)];
    expect(sample.seed).toBe(7);
    expect(columnOf(sample, 'atRisk', 'level')).toContain(0.99);
    expect(sample.tables.map(({ name }) => name)).toContain('coverTwo');
    expect(columnOf(grid, 'atRisk', 'level')).toEqual([]);
    expect(grid.seed).toBeNull();
    expect(grid.summary.join(' ')).toContain('they are no sample');
    expect(sum(columnOf(sample, 'rounds', 'count'))).toBe(60);
  });
});

describe('a proposal', () => {
  const content = madeProposal();

  it('says what to change from what to what, and has a hash of every advice', () => {
    expect(content.seed).toBe(7);
    expect(columnOf(content, 'specification', 'venue')).toContain('aave30');
    const verdicts = columnOf(content, 'specification', 'verdict');
    expect(verdicts).not.toContain('not-a-parameter');
    expect(valueOf(content, 'changed')).toBe(
      verdicts.filter((one) => one === 'raise' || one === 'lower').length,
    );
    for (const hash of columnOf(content, 'specification', 'adviceHash'))
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
    const [shown] = columnOf(content, 'specification', 'recommended');
    expect(shown).toMatch(/%|–|none found/);
  });

  it('refuses venues that are not there, and parameters that no venue has', () => {
    const question = content.question as ProposalQuestion;
    const advised = (change: Partial<ProposalQuestion>) => () =>
      advicesOf(whaleBook(), { ...question, ...change }).next();
    expect(advised({ venues: ['nowhere'] })).toThrow(/no venue "nowhere"; it has aave30/);
    expect(advised({ venues: ['morpho'], parameters: ['fundSize'] })).toThrow(/no such parameter/);
  });
});
