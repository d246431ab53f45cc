import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import type { Scenario } from '../scenario.ts';
import { simulate } from '../simulate.ts';
import { bookRows, clearOutcome } from './clear-engine.ts';
import type { Engine, EngineKind, Observer } from './engine.ts';
import { openFast } from './fast/open-fast.ts';
import type { Outcome } from './outcome.ts';

/**
 * The one door to both engines.
 *
 * @throws BadDataError for assets that hang on each other in a circle.
 */
export function openEngine(book: Book, { kind = 'clear' }: { readonly kind?: EngineKind } = {}): Engine {
  const { outcomeOf, tell } = kind === 'fast' ? openFast(book) : openClear(book);
  return {
    kind,
    tell,
    run(scenarios: readonly Scenario[], ...observers: readonly Observer[]) {
      for (const [index, scenario] of scenarios.entries()) {
        const outcome = numbered(index, () => outcomeOf(scenario));
        for (const see of observers) see(outcome, index);
      }
    },
  };
}

function openClear(book: Book): Pick<Engine, 'tell'> & { outcomeOf(scenario: Scenario): Outcome } {
  const rows = bookRows(book);
  return {
    outcomeOf: (scenario) => clearOutcome(book, rows, scenario),
    tell: (scenario, options) => simulate(book, scenario, options),
  };
}

/** Says which of many scenarios is wrong. */
function numbered<T>(index: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadDataError) throw new BadDataError(`scenario ${index}: ${error.message}`);
    throw error;
  }
}
