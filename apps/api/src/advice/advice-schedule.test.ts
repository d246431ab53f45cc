import { SchedulerRegistry } from '@nestjs/schedule';
import { EnginePool } from '@undertow/engine-pool';
import { MemoryFacts } from '../../test-server/memory-facts.ts';
import { recordDevnet } from '../../test-server/record-devnet.ts';
import { LiveBook } from '../live-book.ts';
import { AdviceRuns } from './advice-runs.ts';
import { AdviceSchedule } from './advice-schedule.ts';

describe('the schedule of advices', () => {
  const pool = new EnginePool({ threads: 1 });
  afterAll(() => pool.close());

  it('runs nothing where no prices are stored', async () => {
    const source = new MemoryFacts(await recordDevnet(24));
    source.moveTo(source.newest);
    const live = new LiveBook(source);
    await live.update();
    const runs = new AdviceRuns({ pool, source: source.advice, report: fail, remade: fail });
    const parts = { live, source, runs, report: fail, everySeconds: 86_400 };
    expect(await new AdviceSchedule(parts, new SchedulerRegistry()).advise()).toBeUndefined();
    expect(await runs.list(5)).toEqual([]);
  }, 180_000);
});

function fail(cause: unknown): never {
  throw cause;
}
