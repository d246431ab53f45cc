import type { Book } from '@undertow/book';
import {
  openEngine,
  type AccountLosses,
  type Contagion,
  type Engine,
  type Scenario,
} from '@undertow/cascade';

/** Of the whole story of a scenario, what `tailMeasures` adds up. */
export interface TailScenario {
  /** Accounts that lose something. */
  readonly losers: readonly Pick<AccountLosses, 'venue' | 'owner' | 'market' | 'lossUsd'>[];
  readonly contagion: readonly Contagion[];
}

/**
 * The story of one scenario, by an engine that was opened on the book: by default by the clear one, which need not be made ready.
 *
 * @throws BadDataError as `simulate` does.
 */
export function tailScenario(
  book: Book,
  scenario: Scenario,
  engine: Pick<Engine, 'tell'> = openEngine(book),
): TailScenario {
  const { byAccount, contagion } = engine.tell(scenario, { band: false });
  const losers = byAccount
    .filter(({ lossUsd }) => lossUsd > 0)
    .map(({ venue, owner, market, lossUsd }) => ({ venue, owner, market, lossUsd }));
  return { losers, contagion };
}
