import { Inject } from '@nestjs/common';
import { Resolver, Subscription } from '@nestjs/graphql';
import type { PubSub } from 'graphql-subscriptions';
import { HEADS_TOPIC, NEWS } from '../tokens.ts';

@Resolver()
export class HeadsResolver {
  readonly #news: PubSub;

  constructor(@Inject(NEWS) news: PubSub) {
    this.#news = news;
  }

  @Subscription('heads')
  heads(): AsyncIterableIterator<unknown> {
    return this.#news.asyncIterableIterator(HEADS_TOPIC);
  }
}
