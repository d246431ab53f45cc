import type { PubSub } from 'graphql-subscriptions';
import { flagAnswer, type FlagAnswer } from './flag-answer.ts';
import { ownedFlag } from './oracle-reading.ts';
import type { SeriesSource } from './series-source.ts';
import { FLAGS_TOPIC } from './tokens.ts';

/** What was done to a flag, as the schema has it. */
export interface FlagChangeAnswer {
  readonly change: string;
  readonly block: number;
  readonly flag: FlagAnswer;
}

/** What is published of it. */
export interface FlagMessage {
  readonly oracleFlagChanges: FlagChangeAnswer;
}

/** Changes that are told at once. */
const AT_ONCE = 500;

/**
 * Tells subscribers what was done to flags, each change once and in order, whoever measured it: this API or another one on the same
 * database. A worse value of the same severity is no news.
 */
export class FlagNews {
  readonly #series: Pick<SeriesSource, 'flagChanges' | 'lastFlagChange'>;
  readonly #news: PubSub;
  #told: number | undefined;
  #telling: Promise<void> = Promise.resolve();

  constructor(series: Pick<SeriesSource, 'flagChanges' | 'lastFlagChange'>, news: PubSub) {
    this.#series = series;
    this.#news = news;
  }

  /** Tells what was kept since the last time; the first time nothing, since what was before is no news. */
  tell(): Promise<void> {
    const telling = this.#telling.then(() => this.#tell());
    this.#telling = telling.catch(() => undefined);
    return telling;
  }

  async #tell(): Promise<void> {
    if (this.#told === undefined) {
      this.#told = await this.#series.lastFlagChange();
      return;
    }
    for (;;) {
      const changes = await this.#series.flagChanges({ after: this.#told, most: AT_ONCE });
      for (const { id, block, change, ...flag } of changes) {
        this.#told = id;
        if (change === 'peaked') continue;
        for (const answer of flagAnswer(ownedFlag(flag))) {
          const message: FlagMessage = { oracleFlagChanges: { change, block, flag: answer } };
          await this.#news.publish(FLAGS_TOPIC, message);
        }
      }
      if (changes.length < AT_ONCE) return;
    }
  }
}
