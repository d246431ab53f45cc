import type { Book } from '@undertow/book';
import { headline, moveName, type CascadeResult, type WhatIf } from '@undertow/cascade';
import { UNITS } from '@undertow/report';

/** A result that can be read without the book: its sentences, every figure, the units, and what was moved by name. */
export function resultJson(book: Book, result: CascadeResult): object {
  return { units: UNITS, ...namedResult(book, result) };
}

/** The same before and after other terms, with the accounts that these alone make liquidatable. */
export function whatIfJson(book: Book, { overrides, book: changed, ...answer }: WhatIf): object {
  return {
    units: UNITS,
    whatIf: {
      overrides,
      bookHash: changed.hash,
      madeDueUsd: answer.madeDueUsd,
      madeDue: answer.madeDue,
      before: namedResult(book, answer.before),
      after: namedResult(changed, answer.after),
    },
  };
}

function namedResult(book: Book, { engine, scenario, ...result }: CascadeResult): object {
  const moves = scenario.moves.map((move) => ({ name: moveName(book, move), ...move }));
  return {
    headline: headline({ engine, scenario, ...result }),
    engine,
    chainId: book.chainId,
    scenario: { ...scenario, moves },
    ...result,
  };
}
