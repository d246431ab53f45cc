import { createClient } from 'graphql-ws';

/** Who follows a subscription. */
export interface Follower<News> {
  readonly hear: (news: News) => void;
  /** No more comes: it is over, or the connection was lost for good. */
  readonly end: () => void;
}

/** Follows a subscription that ends by itself, over a connection of its own, which is gone with it. Gives what ends it before. */
export function follow<News>(
  document: string,
  variables: Record<string, unknown>,
  { hear, end }: Follower<News>,
): () => void {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = createClient({ url: url.href, lazy: true, retryAttempts: 3 });
  const over = (): void => {
    void client.dispose();
    end();
  };
  return client.subscribe<Record<string, News>>(
    { query: document, variables },
    {
      next: ({ data }) => {
        for (const news of Object.values(data ?? {})) hear(news);
      },
      error: over,
      complete: over,
    },
  );
}
