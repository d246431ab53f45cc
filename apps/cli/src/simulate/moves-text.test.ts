import type { Book } from '@undertow/book';
import { moveNamed, simulate, type ResolvedMove } from '@undertow/cascade';
import { constantBook, crowdBook } from '../../../../libs/cascade/src/fixtures/crowd-books.ts';
import { movesText } from './moves-text.ts';

const book = crowdBook();
const textOf = (moves: Readonly<Record<string, number>>, of: Book = book) =>
  movesText(
    of,
    simulate(of, { moves: Object.entries(moves).map(([what, move]) => moveNamed(of, what, move)) }),
    100,
  );

describe('movesText', () => {
  it('has a line for a family, and counts what stays', () => {
    expect(textOf({ ETH: -0.3 }).split('\n')).toEqual([
      'Before anybody reacts:',
      '  ETH −30 %: ETH −30 %, wstETH −30 %',
      '  2 other assets stay where they are.',
    ]);
  });

  it('names a lone asset once', () => {
    expect(textOf({ CRV: 0.125 })).toContain('\n  CRV +12.5 %\n  3 other assets');
  });

  it('says that no oracle follows, and what comes of it', () => {
    const text = textOf({ xUSD: -0.4 }, constantBook());
    expect(text).toContain('USD: xUSD −40 % (no oracle follows)');
    expect(text.replaceAll('\n', ' ')).toMatch(
      /nobody becomes due by the move: .* shortfall at market prices/,
    );
    expect(text).toContain('1 other asset stays where it is.');
    expect(textOf({ ETH: -0.4 })).not.toContain('shortfall');
  });

  it('says what oracles do alone, and what a depeg does to one that goes by the rate', () => {
    expect(textOf({ 'oracle:wstETH': -0.03 })).toContain('ETH: wstETH oracle −3 % (its market stays)');
    expect(textOf({ wstETH: -0.1 })).toContain('wstETH −10 % (no oracle follows)');
    expect(textOf({ ETH: -0.3, wstETH: -0.4 })).toContain('wstETH −40 % (oracle −30 %)');
  });

  it('says that nothing moves', () => {
    expect(textOf({})).toBe('No price moves before somebody reacts (4 assets).');
  });

  it('groups what moves alike, names some of many, and breaks lines between words', () => {
    const symbols = Array.from({ length: 40 }, (_, i) => `TOKEN-${i}`);
    const assets = symbols.map((symbol) => ({ symbol, reference: 0 }));
    const moves = symbols.map((symbol, i): ResolvedMove => {
      if (i === 0) return { asset: symbol, symbol, marketMove: -0.2, oracleMoves: [] };
      return { asset: symbol, symbol, marketMove: -0.2, oracleMoves: i === 1 ? [-0.2, 0] : [-0.2] };
    });
    const many = { references: [{ symbol: 'ETH', priceUsd: 1 }], assets } as unknown as Book;
    const text = movesText(many, { moves, scenario: { moves: [] } }, 60);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    const flat = text.replaceAll(/\n +/g, ' ');
    expect(flat).toContain('ETH: TOKEN-0 −20 % (no venue prices it); TOKEN-1 −20 % (oracles −20 % and 0 %)');
    expect(flat).toMatch(/; TOKEN-2, .* TOKEN-9 and 30 more −20 %$/);
  });
});
