import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { ALIVE_CHANNEL } from './alive-notice.ts';
import { allCheckpoints } from './checkpoint.ts';
import { connectionOptions } from './connection-options.ts';
import { HEAD_CHANNEL, headNotice, parseHeadNotice, type HeadNotice } from './head-notice.ts';
import { explained, storeError } from './store-error.ts';

export interface HeadListener {
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Told of every break of the connection and every failed attempt to get it back. */
  readonly onError?: (error: Error) => void;
  /** Told that a chain has been looked at, which may not have moved. */
  readonly onAlive?: (chainId: number) => void;
  /** Longest wait between two attempts. Default 5,000. */
  readonly maxDelayMs?: number;
}

/**
 * Calls `onHead` with the head of every chain that has one, then with every change as it commits. After a break it
 * connects again until closed, and tells every head that moved meanwhile, so none is missed for good: one call may stand
 * for many. The first connection must succeed.
 */
export async function listenHeads(
  connectionString: string,
  onHead: (head: HeadNotice) => void,
  { onError = () => {}, onAlive = () => {}, maxDelayMs = 5_000 }: ListenOptions = {},
): Promise<HeadListener> {
  const heads = new ToldHeads(onHead, onError);
  const hear = (channel: string, payload: string) =>
    channel === ALIVE_CHANNEL ? onAlive(Number(payload)) : heads.hear(payload);
  const closing = new AbortController();
  let connection = await explained('listening for new heads', () =>
    connect(connectionString, { heads, hear }),
  );

  async function keepConnected(): Promise<void> {
    for (let waitMs = 100; !closing.signal.aborted;) {
      const reason = await connection.ended;
      if (closing.signal.aborted) return;
      onError(storeError(reason, 'listening for new heads'));
      await delay(waitMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      try {
        connection = await connect(connectionString, { heads, hear });
        waitMs = 100;
      } catch (error) {
        connection = { ended: Promise.resolve(error as Error), close: async () => {} };
        waitMs = Math.min(waitMs * 2, maxDelayMs);
      }
    }
  }

  const kept = keepConnected();
  return {
    async close() {
      closing.abort();
      await connection.close();
      await kept;
      // One that was being made while we closed.
      await connection.close();
    },
  };
}

interface Connection {
  /** Resolves, with the reason, when the connection is gone. */
  readonly ended: Promise<Error>;
  close(): Promise<void>;
}

interface Hearers {
  readonly heads: ToldHeads;
  readonly hear: (channel: string, payload: string) => void;
}

async function connect(connectionString: string, { heads, hear }: Hearers): Promise<Connection> {
  const client = new pg.Client({
    ...connectionOptions(connectionString),
    application_name: 'undertow listener',
  });
  let reason = new Error('Connection terminated');
  client.on('error', (error) => (reason = error));
  client.on('notification', ({ channel, payload }) => hear(channel, payload ?? ''));
  const ended = new Promise<Error>((resolve) => client.once('end', () => resolve(reason)));
  try {
    await client.connect();
    await client.query(`LISTEN ${HEAD_CHANNEL}; LISTEN ${ALIVE_CHANNEL}`);
    // What moved before we listened; what moves from now on is heard.
    for (const checkpoint of await allCheckpoints(client)) heads.catchUp(headNotice(checkpoint, false));
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return { ended, close: () => client.end().catch(() => undefined) };
}

/** The last head told of each chain, to see what was missed. */
class ToldHeads {
  readonly #told = new Map<number, HeadNotice>();
  readonly #onHead: (head: HeadNotice) => void;
  readonly #onError: (error: Error) => void;

  constructor(onHead: (head: HeadNotice) => void, onError: (error: Error) => void) {
    this.#onHead = onHead;
    this.#onError = onError;
  }

  hear(payload: string): void {
    try {
      this.#tell(parseHeadNotice(payload));
    } catch (error) {
      this.#onError(storeError(error, 'hearing of a new head'));
    }
  }

  /** Tells a head read from the checkpoint unless it is the one told last. Any break may have hidden a reorg. */
  catchUp(head: HeadNotice): void {
    const last = this.#told.get(head.chainId);
    if (last?.block === head.block && last.hash === head.hash) return;
    this.#tell({ ...head, reorg: last !== undefined });
  }

  #tell(head: HeadNotice): void {
    this.#told.set(head.chainId, head);
    this.#onHead(head);
  }
}
