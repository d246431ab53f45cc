import { Inject } from '@nestjs/common';
import { Resolver, Subscription } from '@nestjs/graphql';
import type { PubSub } from 'graphql-subscriptions';
import { HEADS, HEADS_TOPIC } from '../tokens.ts';

@Resolver()
export class HeadsResolver {
  readonly #heads: PubSub;

  constructor(@Inject(HEADS) heads: PubSub) {
    this.#heads = heads;
  }

  @Subscription('heads')
  heads(): AsyncIterableIterator<unknown> {
    return this.#heads.asyncIterableIterator(HEADS_TOPIC);
  }
}
