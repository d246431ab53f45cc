import type { PubSub } from 'graphql-subscriptions';
import type { Freshness } from './freshness.ts';
import type { LiveBook } from './live-book.ts';
import { HEADS_TOPIC } from './tokens.ts';

/** Between two looks. */
const LOOK_MS = 1_000;

/**
 * Tells the head once more when what is stored becomes old, and when it is new again, so that who listens asks for the status: a chain that
 * stands still has no other news. Gives the way to end it.
 */
export function tellStaleness(
  of: { readonly freshness: Freshness; readonly live: LiveBook; readonly news: PubSub },
  onError: (error: unknown) => void,
): () => void {
  let wasStale = false;
  const look = async (): Promise<void> => {
    const head = await of.live.head();
    const isStale = of.freshness.problem(head?.time) !== undefined;
    if (isStale === wasStale || head === undefined) return;
    wasStale = isStale;
    await of.news.publish(HEADS_TOPIC, { heads: { ...head, reorg: false } });
  };
  const timer = setInterval(() => void look().catch(onError), LOOK_MS);
  return () => clearInterval(timer);
}
