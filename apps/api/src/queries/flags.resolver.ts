import { Inject } from '@nestjs/common';
import { Args, Query, Resolver, Subscription } from '@nestjs/graphql';
import { findAsset } from '@undertow/book';
import type { Measure, Severity } from '@undertow/lag';
import type { PubSub } from 'graphql-subscriptions';
import { inputError } from '../errors.ts';
import type { FactSource } from '../fact-source.ts';
import { flagAnswer, kindsOf, ruleAnswers, type FlagAnswer, type RuleAnswer } from '../flag-answer.ts';
import type { FlagChangeAnswer, FlagMessage } from '../flag-news.ts';
import { checkFirst } from '../input.ts';
import { LiveBook } from '../live-book.ts';
import { ownedFlag } from '../oracle-reading.ts';
import type { Head } from '../shown.ts';
import { FACT_SOURCE, FLAGS_TOPIC, NEWS } from '../tokens.ts';

/** Which flags, as a client writes it. */
interface FlagWhere {
  readonly asset?: string | null;
  readonly measure?: Measure | null;
  readonly severity?: Severity | null;
  readonly subject?: string | null;
  readonly isOpen?: boolean | null;
  readonly from?: number | null;
  readonly to?: number | null;
}

interface FlagsAsked {
  readonly where?: FlagWhere | null;
  readonly first: number | null;
  readonly block?: number | null;
}

/** Which changes of flags are told. */
interface NewsAsked {
  readonly asset?: string | null;
  readonly severity?: Severity | null;
}

/** Times in which prices were not to be trusted. */
@Resolver()
export class FlagsResolver {
  readonly #source: FactSource;
  readonly #live: LiveBook;
  readonly #news: PubSub;

  constructor(
    @Inject(FACT_SOURCE) source: FactSource,
    @Inject(LiveBook) live: LiveBook,
    @Inject(NEWS) news: PubSub,
  ) {
    this.#source = source;
    this.#live = live;
    this.#news = news;
  }

  @Query('oracleFlags')
  async oracleFlags(
    @Args() { where, first, block }: FlagsAsked,
  ): Promise<{ readonly head: Head; readonly nodes: readonly FlagAnswer[] }> {
    const most = checkFirst(first);
    const head = await this.#live.headAt(block);
    const { asset, measure, severity, subject, isOpen, from, to } = where ?? {};
    const flags = await this.#source.series.flags({
      ...{ most, block: head.block },
      where: {
        kinds: measure ? kindsOf(measure) : undefined,
        asset: typeof asset === 'string' ? this.#symbolOf(asset) : undefined,
        ...{ severity: severity ?? undefined, subject: subject ?? undefined, isOpen: isOpen ?? undefined },
        ...{ from: from ?? undefined, to: to ?? undefined },
      },
    });
    return { head, nodes: flags.flatMap((flag) => flagAnswer(ownedFlag(flag))) };
  }

  @Query('flagRules')
  flagRules(): readonly RuleAnswer[] {
    return ruleAnswers();
  }

  @Subscription('oracleFlagChanges', {
    // A decorator stands outside of the class, and sees nothing of it that is its own.
    filter(this: FlagsResolver, { oracleFlagChanges }: FlagMessage, asked: NewsAsked) {
      return this.isAsked(oracleFlagChanges, asked);
    },
  })
  oracleFlagChanges(@Args() { asset }: NewsAsked): AsyncIterableIterator<unknown> {
    if (typeof asset === 'string') this.#symbolOf(asset);
    return this.#news.asyncIterableIterator(FLAGS_TOPIC);
  }

  /** Whether a change is one of those that a subscriber asked for. */
  isAsked({ flag }: FlagChangeAnswer, { asset, severity }: NewsAsked): boolean {
    return (
      (severity ?? flag.severity) === flag.severity &&
      (typeof asset !== 'string' || flag.assets.includes(this.#symbolOf(asset)))
    );
  }

  #symbolOf(name: string): string {
    const found = findAsset({ assets: this.#live.assets() }, name);
    if ('problem' in found) throw inputError(found.problem);
    return found.asset.symbol;
  }
}
