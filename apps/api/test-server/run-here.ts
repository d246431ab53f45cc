import { withTerms, type Book } from '@undertow/book';
import { heatmapCells, openEngine, whatIf, type HeatmapCell } from '@undertow/cascade';
import {
  cascadeAnswer,
  whatIfAnswer,
  type Asked,
  type CascadeAnswer,
  type WhatIfAnswer,
} from '../src/cascade-answer.ts';
import type { CellsOf } from '../src/sweep-answers.ts';

// What threads compute for the API, computed where it is asked for: for tests of what is made of it.

export function cascadeHere(asked: Asked): CascadeAnswer {
  const { book, overrides, scenario } = asked;
  return cascadeAnswer(asked, openEngine(withTerms(book, overrides), { kind: 'fast' }).tell(scenario));
}

export function whatIfHere(asked: Asked): WhatIfAnswer {
  const { before, after, madeDue, madeDueUsd } = whatIf(asked.book, asked.overrides, asked.scenario);
  return whatIfAnswer(asked, {
    ...{ before, after },
    madeDue: { accounts: madeDue.length, debtUsd: madeDueUsd, first: madeDue },
  });
}

const cells = new Map<string, readonly HeatmapCell[]>();

/** What was computed of a book is known to all who ask in this process. */
export const cellsHere =
  (book: Book): CellsOf =>
  async (names) => {
    const key = `${book.hash} ${JSON.stringify(names)}`;
    const known = cells.get(key) ?? heatmapCells(book, openEngine(book), names);
    cells.set(key, known);
    return known;
  };
