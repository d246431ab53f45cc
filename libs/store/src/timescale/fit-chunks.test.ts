import type { Fact } from '@undertow/market';
import { hasTimescale, openTestDatabase } from '../fixtures/test-database.ts';
import { migrate, openStore, writeFacts } from '../index.ts';
import { chunkDays, fitChunks } from './fit-chunks.ts';

it('makes chunks of about a million rows, from a day to thirty', () => {
  expect([0, 1, 1_000, 33_000].map(chunkDays)).toEqual([30, 30, 30, 30]);
  expect([100_000, 500_000, 1_000_000, 9_000_000].map(chunkDays)).toEqual([10, 2, 1, 1]);
});

((await hasTimescale()) ? it : it.skip)(
  'changes the length where the last two days ask for another',
  async () => {
    const database = await openTestDatabase();
    const store = await openStore(database.connectionString);
    const lengths = async () =>
      (
        await store.pool.query<{ days: number }>(
          `SELECT extract(day FROM time_interval)::int AS days FROM timescaledb_information.dimensions
         WHERE hypertable_name IN ('leg_changed', 'index_accrued') ORDER BY hypertable_name`,
        )
      ).rows.map(({ days }) => days);
    try {
      await migrate(store);
      expect(await lengths()).toEqual([30, 30]);
      await store.pool.query(
        `SELECT set_chunk_time_interval('leg_changed', interval '1 day'), set_chunk_time_interval('index_accrued', interval '20 days')`,
      );
      const at = (block: number) => ({ chainId: 1, block, part: 0, time: 1_704_067_200 + block * 43_200 });
      const leg = (block: number): Fact => ({
        ...{ kind: 'LegChanged', ...at(block), logIndex: 0, venue: 'v', market: 'm' },
        ...{ owner: '0x01', side: 'debt', sharesDelta: 1n },
      });
      const accrual = (block: number): Fact => ({
        ...{ kind: 'IndexAccrued', ...at(block), logIndex: 1, venue: 'v', market: 'm' },
        accrual: { form: 'rayAccrued' },
      });
      const write = (from: number, to: number) =>
        writeFacts(store, {
          chainId: 1,
          facts: Array.from({ length: to - from + 1 }, (_, place) => from + place).flatMap((block) => [
            leg(block),
            accrual(block),
          ]),
          blocks: [],
          checkpoint: { block: to, hash: '0x01', time: at(to).time },
        });
      // Less than a day says nothing yet.
      await write(0, 1);
      await fitChunks(store);
      expect(await lengths()).toEqual([20, 1]);
      await write(2, 8);
      await fitChunks(store);
      // Twenty days are near enough to thirty.
      expect(await lengths()).toEqual([20, 30]);
    } finally {
      await store.close();
      await database.close();
    }
  },
);
