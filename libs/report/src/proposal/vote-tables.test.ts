import { isoDay } from '@undertow/book';
import { whaleBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { bundleOf } from '../bundle.ts';
import { HOSTILE } from '../fixtures/hostile-book.ts';
import { madeProposal } from '../fixtures/made-reports.ts';
import { reportMarkdown } from '../forms/markdown.ts';
import type { ProposalQuestion } from './proposal-report.ts';
import { backtestTable, stepsTable } from './vote-tables.ts';

const book = whaleBook();
const content = madeProposal();
const table = (name: string) => {
  const { columns, rows } = content.tables.find((one) => one.name === name)!;
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column.name, row[at]])));
};

describe('a proposal for a vote', () => {
  it('has the steps of a steward, each as large as allowed, three days apart from the time of the book', () => {
    const all = table('steps').filter(({ parameter }) => parameter === 'Liquidation Threshold');
    const steps = all.filter(({ number }) => number !== null);
    expect(steps.length).toBeGreaterThan(1);
    const first = steps.filter(
      ({ venue, label }) => venue === steps[0]!['venue'] && label === steps[0]!['label'],
    );
    expect(first[0]!['day']).toBe(isoDay(book.time));
    if (first.length > 1) expect(first[1]!['day']).toBe(isoDay(book.time + 259_200));
    const specified = table('specification').find(
      ({ venue, label, parameter }) =>
        venue === first[0]!['venue'] && label === first[0]!['label'] && parameter === 'Liquidation Threshold',
    )!;
    expect(first.at(-1)!['value']).toBe(specified['recommended']);
    // Of a bonus nothing is said in these limits.
    const bonus = table('steps').find(({ parameter }) => parameter === 'Liquidation Bonus')!;
    expect(bonus['note']).toContain('this is for governance');
  });

  it('refuses limits and prices of strangers that are none', () => {
    const question = content.question as ProposalQuestion;
    const limits = { ...question.limits!, fields: { liquidationThreshold: { largestChange: -1 } } };
    expect(() => stepsTable(book, { ...question, limits: limits as never }, [])).toThrow(/limits\.fields/);
    const [prices] = question.history!.prices;
    const uneven = { ...question.history!, prices: [{ ...prices!, times: [1] }] };
    expect(() => backtestTable(book, { ...question, history: uneven }, [])).toThrow(
      /has 1 times and 400 prices/,
    );
  });

  it('says of each advice whether it would have held, or why that is not told', () => {
    const words = table('backtest').map((row) => String(row['words']));
    expect(words).toHaveLength(table('specification').length);
    expect(words.some((one) => one.startsWith('The standalone line of ETH'))).toBe(true);
    expect(
      words.some((one) => /^It was not backtested: a backtest is of liquidation thresholds/.test(one)),
    ).toBe(true);
  });

  it('tells what is held and owed, by whom, how near the line, and what sales cost', () => {
    const owed = table('utilisation').reduce((sum, row) => sum + Number(row['owedUsd']), 0);
    const spread = table('health').reduce((sum, row) => sum + Number(row['debtUsd']), 0);
    expect(spread).toBeCloseTo(owed, 2);
    expect(table('health').reduce((sum, row) => sum + Number(row['accounts']), 0)).toBe(book.accounts.count);
    const shares = table('holders').map(({ share }) => Number(share));
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
    const sold = table('slippage').filter(({ symbol }) => symbol === table('slippage')[0]!['symbol']);
    for (const [at, row] of sold.entries())
      if (at > 0) expect(Number(row['units'])).toBeGreaterThanOrEqual(Number(sold[at - 1]!['units']));
    expect(content.summary.join(' ')).toMatch(/A sale of \S+ for [\d.]+[KM]? USD moves its price by 2 %/);
  });

  it('says first of all whom a cut alone would let be liquidated', () => {
    const cut = madeProposal(book, (advised) => ({
      ...advised,
      advices: advised.advices.map((advice, at) =>
        at > 0
          ? advice
          : {
              ...advice,
              verdict: 'lower',
              evidence: {
                ...advice.evidence!,
                madeDue: { accounts: 3, debtUsd: 5e6, liquidatedUsd: 4e6, lossUsd: 1_000, largest: [] },
              },
            },
      ),
    }));
    expect(cut.summary[0]).toMatch(
      /^ACCOUNTS LIQUIDATED BY THE CHANGE ITSELF: one change alone.*3 accounts with a debt of 5M USD, collateral of 4M USD taken/,
    );
    expect(content.summary[0]).not.toContain('ACCOUNTS LIQUIDATED');
  });

  it('ends with the author’s words, as text', () => {
    const post = reportMarkdown(bundleOf(content));
    expect(post).toContain('### Disclosure\n\nI am \\$\\$x');
    expect(post).not.toContain(HOSTILE[9]);
    expect(post).toContain('### Copyright\n\nCC0');
  });
});
