import { SchedulerRegistry } from '@nestjs/schedule';
import { EnginePool } from '@undertow/engine-pool';
import { MemoryFacts } from '../../test-server/memory-facts.ts';
import { recordDevnet } from '../../test-server/record-devnet.ts';
import { until } from '../../test-server/serve-facts.ts';
import { LiveBook } from '../live-book.ts';
import { thisMaker } from './maker.ts';
import { ReportRuns } from './report-runs.ts';
import { ReportSchedule, SCHEDULE } from './report-schedule.ts';

const pool = new EnginePool({ threads: 1 });
afterAll(() => pool.close());

it('of two APIs on one database one makes the report, once in an interval', async () => {
  const source = new MemoryFacts(await recordDevnet(24));
  source.reports.now = Math.floor(Date.now() / 1_000);
  source.moveTo(source.newest - 1);
  const live = new LiveBook(source);
  await live.update();
  const api = () => {
    const runs = new ReportRuns({ pool, source, live, maker: thisMaker(), report: fail });
    const parts = { live, source, runs, report: fail, everySeconds: 86_400 };
    return { runs, schedule: new ReportSchedule(parts, new SchedulerRegistry()) };
  };
  const [one, two] = [api(), api()];
  const begun = await Promise.all([one.schedule.make(), two.schedule.make()]);
  expect(begun.filter((run) => run !== undefined)).toHaveLength(1);
  await until(async () => (await source.reports.list({ most: 1 })).length === 1);
  expect(await source.reports.list({ isScheduled: true, most: 9 })).toMatchObject([
    { kind: 'state', schedule: SCHEDULE },
  ]);
  // Another block, and still the same day.
  source.moveTo(source.newest);
  await live.update();
  expect(await two.schedule.make()).toBeUndefined();
  await Promise.all([one, two].map(({ runs }) => runs.onApplicationShutdown()));
}, 120_000);

function fail(cause: unknown): never {
  throw cause;
}
