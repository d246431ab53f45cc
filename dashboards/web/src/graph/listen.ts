import { createClient } from 'graphql-ws';

/** Whether news arrive: `opening` before the first connection, `lost` while it is being made again. */
export type Connection = 'opening' | 'live' | 'lost';

const LONGEST_WAIT_MS = 10_000;

/** Listens to one subscription and never gives up: reconnects with growing, jittered waits. */
export function listen<News>(
  document: string,
  hear: (news: News) => void,
  connection: (state: Connection) => void,
): void {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const client = createClient({
    url: url.href,
    lazy: false,
    keepAlive: 10_000,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: (tries) =>
      wait(Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(tries, 8)) * (0.75 + Math.random() / 2)),
    on: {
      connected: () => connection('live'),
      closed: () => connection('lost'),
      // Without this an error is also printed to the console on every attempt.
      error: () => connection('lost'),
    },
    onNonLazyError: () => connection('lost'),
  });
  const subscribe = (): void => {
    client.subscribe<Record<string, News>>(
      { query: document },
      {
        next: ({ data }) => {
          for (const news of Object.values(data ?? {})) hear(news);
        },
        error: () => void wait(LONGEST_WAIT_MS).then(subscribe),
        complete: () => void wait(LONGEST_WAIT_MS).then(subscribe),
      },
    );
  };
  subscribe();
}

const wait = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));
