import type { Book } from '@undertow/book';
import { simulate, type AccountLosses, type Contagion, type Scenario } from '@undertow/cascade';

/** Of the whole story of a scenario, what `tailMeasures` adds up. */
export interface TailScenario {
  /** Accounts that lose something. */
  readonly losers: readonly Pick<AccountLosses, 'venue' | 'owner' | 'market' | 'lossUsd'>[];
  readonly contagion: readonly Contagion[];
}

/** Runs one scenario by the engine that tells every account and every cause. Throws BadDataError as `simulate` does. */
export function tailScenario(book: Book, scenario: Scenario): TailScenario {
  const { byAccount, contagion } = simulate(book, scenario, { band: false });
  const losers = byAccount
    .filter(({ lossUsd }) => lossUsd > 0)
    .map(({ venue, owner, market, lossUsd }) => ({ venue, owner, market, lossUsd }));
  return { losers, contagion };
}
