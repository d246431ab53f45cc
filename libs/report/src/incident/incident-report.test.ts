import { DEFAULT_POLICIES, simulate } from '@undertow/cascade';
import { whaleBook } from '../../../cascade/src/fixtures/crowd-books.ts';
import { bundleOf, bundleText } from '../bundle.ts';
import { happenedAfter, madeIncident } from '../fixtures/made-incident.ts';
import { madeOf } from '../fixtures/made-reports.ts';
import { readText, refusal } from '../fixtures/read-text.ts';
import { incidentQuestion, incidentReport } from './incident-report.ts';

const book = whaleBook();
const content = madeIncident();
const figure = (name: string) => content.figures.find((one) => one.name === name)!.value as number;
const table = (name: string) => {
  const { columns, rows } = content.tables.find((one) => one.name === name)!;
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column.name, row[at]])));
};

describe('incidentReport', () => {
  it('predicts from the book before under the furthest answers that came', () => {
    const predicted = simulate(book, { moves: [{ kind: 'reference', symbol: 'ETH', move: -0.4 }] });
    expect(figure('predictedRepaidUsd')).toBeCloseTo(predicted.repaidUsd, 4);
    expect(figure('predictedBadDebtUsd')).toBeCloseTo(predicted.badDebtUsd, 4);
    expect(table('moves').find(({ symbol }) => symbol === 'ETH')!['marketMove']).toBeCloseTo(-0.4, 9);
    // Where sales move no price nobody more falls.
    expect(figure('atAnswersRepaidUsd')).toBeLessThanOrEqual(figure('predictedRepaidUsd'));
  });

  it('tells who was predicted, who was liquidated, and who was both', () => {
    const predicted = figure('predictedAccounts');
    const both = Math.ceil(predicted / 2);
    expect(figure('matchedAccounts')).toBe(both);
    expect(figure('happenedAccounts')).toBe(both + 2);
    expect(figure('recall')).toBeCloseTo(both / (both + 2));
    expect(figure('precision')).toBeCloseTo(both / predicted);
    const outcomes = table('accounts').map(({ outcome }) => outcome);
    expect(outcomes.filter((one) => one === 'not in the book')).toHaveLength(2);
    expect(table('comparedVenues').reduce((sum, row) => sum + Number(row['matchedAccounts']), 0)).toBe(both);
  });

  it('values what happened at what the venue’s oracles had answered by then', () => {
    const [event] = table('liquidations').filter(({ collateralSymbol }) => collateralSymbol === 'ETH');
    expect(Number(event!['seizedUsd']) / Number(event!['seizedUnits'])).toBeCloseTo(
      0.6 * book.references.find(({ symbol }) => symbol === 'ETH')!.priceUsd,
      3,
    );
    // An asset that nobody knows has no price, and no zero stands for it.
    expect(table('liquidations').filter(({ seizedUsd }) => seizedUsd === null)).toHaveLength(1);
    expect(content.summary.join(' ')).toContain('has no price in the book');
    const sum = table('liquidations').reduce((all, row) => all + Number(row['repaidUsd']), 0);
    expect(figure('happenedRepaidUsd')).toBeCloseTo(sum, 4);
    expect(table('timeline').at(-1)!['repaidSoFarUsd']).toBeCloseTo(sum, 4);
  });

  it('says where accounts stood before, and which flags stood', () => {
    const margins = table('marginBefore');
    expect(margins.reduce((sum, row) => sum + Number(row['accounts']), 0)).toBe(book.accounts.count);
    expect(margins.reduce((sum, row) => sum + Number(row['predicted']), 0)).toBe(figure('predictedAccounts'));
    expect(table('flags')).toMatchObject([{ kind: 'late', raised: -30, ended: null }]);
  });

  it('predicts nobody where no answer came, and has no error where nothing happened', () => {
    const calm = { ...happenedAfter(), answers: [], liquidations: [], flags: [] };
    const made = incidentReport(madeOf(book), incidentQuestion(calm, DEFAULT_POLICIES));
    const value = (name: string) => made.figures.find((one) => one.name === name)!.value;
    expect([value('predictedAccounts'), value('takenError'), value('recall')]).toEqual([0, null, null]);
    expect(made.summary).toContain('Happened: nobody was liquidated.');
  });

  it('refuses facts that are not what their hash says, and those of other blocks', () => {
    const question = incidentQuestion(happenedAfter(), DEFAULT_POLICIES);
    const other = { ...question, happened: { ...question.happened, flags: [] } };
    expect(() => incidentReport(madeOf(book), other)).toThrow(/question\.happened was changed/);
    const { happened } = question;
    const early = { ...happened, answers: [{ ...happened.answers[0]!, block: book.block }] };
    expect(() => incidentReport(madeOf(book), incidentQuestion(early, DEFAULT_POLICIES))).toThrow(
      /after block/,
    );
  });
});

describe('the bundle of a replay', () => {
  it('reads back, and is refused when a fact was changed or is none', () => {
    const bundle = bundleOf(content);
    const text = bundleText(bundle);
    expect(readText(text)).toEqual(bundle);
    expect(refusal(text.replace('"badDebt":"5000000"', '"badDebt":"5000001"'))).toMatch(
      /question was changed/,
    );
    const { question } = content;
    if (question.kind !== 'incident') throw new Error('it is a replay');
    const [first, ...others] = question.happened.liquidations;
    for (const [flaw, words] of [
      [{ repaid: '-1' }, 'liquidations[0].repaid'],
      [{ owner: 'somebody' }, 'liquidations[0].owner'],
      [{ transaction: '0x12' }, 'liquidations[0].transaction'],
    ] as const) {
      const happened = { ...question.happened, liquidations: [{ ...first!, ...flaw }, ...others] };
      expect(refusal(bundleText(bundleOf({ ...content, question: { ...question, happened } })))).toContain(
        words,
      );
    }
  });
});
