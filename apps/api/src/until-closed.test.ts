import { EventEmitter } from 'node:events';
import type { CellName } from '@undertow/cascade';
import { EnginePool } from '@undertow/engine-pool';
import { crowdBook } from '../../../libs/cascade/src/fixtures/crowd-books.ts';
import { EngineRuns } from './engine-runs.ts';
import { graphqlOptions } from './graphql-options.ts';
import type { LiveBook } from './live-book.ts';

const HEAD = { chainId: 1, block: 7, hash: '0x07', time: 1_000, reorg: false };

it('stops what is computed for a request whose connection was closed, and says nothing of it in the log', async () => {
  const pool = new EnginePool({ threads: 1 });
  const reported: unknown[] = [];
  const live = undefined as unknown as LiveBook;
  const options = graphqlOptions({ live, finalityDepth: 1, report: (cause) => reported.push(cause) });
  const [req, res] = [new EventEmitter(), new EventEmitter()];
  const { signal } = (options.context as (of: object) => { signal: AbortSignal })({ req, res });
  const falls = Array.from({ length: 2_000 }, (_, i): CellName => {
    return { kind: 'reference', symbol: 'ETH', move: -(i + 1) / 4_000 };
  });
  const asked = new EngineRuns(pool, signal).cellsOf({ book: crowdBook(), head: HEAD })(falls);
  res.emit('close');
  const error: unknown = await asked.catch((cause: unknown) => cause);
  expect(error).toMatchObject({ extensions: { code: 'LEFT' } });
  options.formatError!({ message: '', extensions: { code: 'LEFT' } }, error);
  expect(reported).toEqual([]);
  await pool.close();
});
