import { withTerms, type Book } from '@undertow/book';
import type { Scenario } from '@undertow/cascade';
import { BadDataError } from '@undertow/units';
import fc from 'fast-check';
import { importedOf } from '../../../tables/src/fixtures/rows.ts';
import { bundleOf } from '../bundle.ts';
import { HOSTILE, hostileBook } from '../fixtures/hostile-book.ts';
import { FALL, madeOf, madeState } from '../fixtures/made-reports.ts';
import { scenarioReport } from '../scenario/scenario-report.ts';
import { comparisonMarkdown } from './comparison-markdown.ts';
import { compareReports, exchangeKey, exchangesOf, type ReportAtHand } from './compare-reports.ts';
import type { Comparison } from './comparison.ts';
import { mixedBook } from './mixed-book.ts';
import { shapleyShares } from './shapley-shares.ts';

const atHand = (book: Book, scenario: Scenario = FALL): ReportAtHand => ({
  bundle: bundleOf(scenarioReport(madeOf(book), scenario)),
  book,
});

function compared(before: ReportAtHand, after: ReportAtHand, which: 'alone' | 'all' = 'all'): Comparison {
  const exchanged = new Map(
    [...exchangesOf(before, after, which)].map(({ inputs, book, question }) => {
      const made = book && madeOf(book);
      const content =
        made && question.kind === 'scenario' ? scenarioReport(made, question.scenario) : undefined;
      return [exchangeKey(inputs), content];
    }),
  );
  return compareReports(before, after, exchanged);
}

/** A book that fits together to the last integer, as mixed books must: of forty loans against ETH, and a market that ends. */
const loans = (priceUsd: number, many: number) =>
  importedOf({
    loans: Array.from({ length: many }, (_, at) => ({
      owner: `owner ${at}`,
      collateral: 'ETH',
      collateralAmount: 10 + at,
      collateralPrice: priceUsd,
      debt: 'USDC',
      debtAmount: (10 + at) * 2_500 * (0.4 + at / 100),
      debtPrice: 1,
      liquidationThreshold: 0.83,
      liquidationBonus: 0.05,
      collateralDepthUsd: 3e6,
    })),
  });
const { book } = await loans(2_500, 40);
const market =
  book.markets[book.legs.termsMarket[book.legs.liquidationBonus.findIndex((bonus) => bonus > 0)]!]!;
const tighter = (own: Book) =>
  withTerms(own, [
    {
      kind: 'market',
      venue: own.venues[market.venue]!.id,
      market: market.id,
      field: 'liquidationThreshold',
      value: 0.7,
    },
  ]);
const thinner = (own: Book) =>
  withTerms(own, [
    { kind: 'depth', asset: own.assets.find((_, row) => own.depth[row])!.address, factor: 0.4 },
  ]);
const deeperFall: Scenario = { moves: [{ kind: 'reference', symbol: 'ETH', move: -0.45 }] };

describe('compareReports', () => {
  it('finds nothing between a report and itself', () => {
    const one = atHand(book);
    const found = compared(one, one);
    expect(found.figures).toEqual([]);
    expect(found.tables).toEqual([]);
    expect(found.inputs.every(({ isSame }) => isSame)).toBe(true);
    expect(found.sameFigures).toBe(one.bundle.content.figures.length);
  });

  it('gives the whole difference to the one input that changed', () => {
    for (const [other, scenario, input] of [
      [tighter(book), FALL, 'terms'],
      [thinner(book), FALL, 'depth'],
      [book, deeperFall, 'question'],
    ] as const) {
      const found = compared(atHand(book), atHand(other, scenario));
      const loss = found.figures.find(({ name }) => name === 'lossUsd')!;
      expect(loss.difference).not.toBe(0);
      for (const part of loss.moved!.parts)
        expect(part.change).toBe(part.input === input ? loss.difference : 0);
      const changed = found.inputs.filter(({ isSame }) => isSame === false).map((one) => one.input);
      expect(changed).toEqual(expect.arrayContaining([input]));
      expect(changed.filter((one) => one !== 'book')).toEqual([input]);
    }
  });

  it('tells prices from accounts where both changed', async () => {
    const after = await loans(2_400, 36);
    const found = compared(atHand(book), atHand(after.book));
    const moved = found.figures.find(({ name }) => name === 'lossUsd')!.moved!;
    const change = new Map(moved.parts.map((part) => [part.input, part.change!]));
    // Lower prices lose more, fewer of those who owe most lose less.
    expect(change.get('prices')).toBeGreaterThan(0);
    expect(change.get('accounts')).toBeLessThan(0);
    expect([change.get('terms'), change.get('question')]).toEqual([0, 0]);
    const words = new Map(found.inputs.map((one) => [one.input, one.words]));
    expect(words.get('prices')).toContain('ETH −4 %');
    expect(words.get('accounts')).toMatch(/^0 accounts more, 4 gone, 0 with other amounts/);
  });

  it.each(['alone', 'all'] as const)('adds up to the difference, inputs taken %s', (which) => {
    const after = atHand(thinner(tighter(book)), deeperFall);
    const found = compared(atHand(book), after, which);
    const numbers = found.figures.filter(({ difference }) => difference !== null);
    expect(numbers.length).toBeGreaterThan(4);
    for (const { difference, moved } of numbers) {
      const sum = moved!.parts.reduce((all, { change }) => all + change!, 0) + moved!.interaction;
      expect(Math.abs(sum - difference!)).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference!)));
    }
    const loss = found.figures.find(({ name }) => name === 'lossUsd')!;
    expect(loss.moved!.parts.filter(({ change }) => change !== 0).map(({ input }) => input)).toEqual([
      'depth',
      'terms',
      'question',
    ]);
    expect(found.notes.join(' ')).toContain(which === 'all' ? 'Shapley' : 'interaction');
  });

  it('says what changed, and not why, where a book is missing', () => {
    const after = { ...atHand(tighter(book)), book: undefined };
    expect([...exchangesOf(atHand(book), after, 'all')]).toEqual([]);
    const found = compareReports(atHand(book), after, undefined);
    expect(found.figures.every(({ moved }) => moved === null)).toBe(true);
    expect(found.inputs.find(({ input }) => input === 'terms')!.isSame).toBeNull();
    expect(found.notes.join(' ')).toContain('takes both books');
  });

  it('names rows that came and went', () => {
    const found = compared(atHand(book, { moves: [] }), atHand(book));
    const table = (name: string) => found.tables.find((one) => one.name === name)!;
    expect(table('rounds').added.length).toBeGreaterThan(0);
    expect(table('rounds').removed).toEqual([]);
    expect(table('assets').moved.length).toBeGreaterThan(0);
    const [venue] = table('venues').added;
    expect(venue!.cells.find(({ column }) => column === 'lossUsd')!.after).toBeGreaterThan(0);
    expect(found.tables.map(({ name }) => name)).not.toContain('prices');
  });

  it('refuses other kinds and other engines in words', () => {
    const state = { bundle: bundleOf(madeState()), book };
    expect(() => compareReports(atHand(book), state, undefined)).toThrow(/a scenario and the other a state/);
    const old = atHand(book);
    const older = { ...old, bundle: bundleOf({ ...old.bundle.content, engine: 'equilibrium 1' }) };
    expect(() => compareReports(older, old, undefined)).toThrow(BadDataError);
    expect(() => compareReports(older, old, undefined)).toThrow(/equilibrium 1/);
  });

  it('is text and nothing else in a post, whatever names strangers gave', () => {
    const hostile = hostileBook();
    const post = comparisonMarkdown(compared(atHand(hostile), atHand(thinner(hostile), deeperFall)));
    const prose = post.replaceAll(/```[^]*?```/g, '');
    for (const own of HOSTILE) expect(prose).not.toContain(own);
    expect(prose).not.toMatch(/(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)<(?!\/?sub>)[a-z]|@everyone|\u202e|\u0000/);
  });
});

describe('mixedBook', () => {
  it('is the book itself with its own parts, and has the hash of the other with all parts of that', () => {
    const other = thinner(tighter(book));
    expect(mixedBook({ accounts: book, prices: book, depth: book, terms: book })).toBe(book);
    expect(mixedBook({ accounts: other, prices: other, depth: other, terms: other })).toBe(other);
    const mixed = mixedBook({ accounts: book, prices: book, depth: other, terms: other })!;
    expect(mixed.hash).toBe(other.hash);
  });
});

describe('shapleyShares', () => {
  it('adds up, gives nothing to what does nothing, and the same to what does the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 8, maxLength: 8 }), (values) => {
        const valueOf = (inputs: readonly number[]) =>
          values[inputs.reduce((sum, input) => sum + 2 ** input, 0)];
        const shares = shapleyShares([0, 1, 2], valueOf)!;
        const sum = [...shares.values()].reduce((all, share) => all + share, 0);
        expect(sum).toBeCloseTo(values[7]! - values[0]!, 9);
      }),
    );
    // Two that only together do something share it; the third does nothing.
    const both = shapleyShares(['a', 'b', 'c'], (own) => (own.includes('a') && own.includes('b') ? 10 : 0))!;
    expect([...both.values()]).toEqual([5, 5, 0]);
    expect(shapleyShares(['a'], (own) => (own.length > 0 ? undefined : 1))).toBeUndefined();
  });
});
