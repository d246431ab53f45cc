import type { PricePosted } from '@undertow/market';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet, type Recording } from '../test-server/record-devnet.ts';
import { availabilityOf } from './availability.ts';
import { LiveBook } from './live-book.ts';
import { oracleAnswer } from './oracle-answer.ts';
import { OracleReports } from './oracle-reports.ts';

const UPTIME = `0x${'5e'.repeat(20)}`;

let recording: Recording;
beforeAll(async () => (recording = await recordDevnet(24)), 180_000);

it('a report says that a feed’s market is closed and that a sequencer runs again, where the network file has their hours and feed', async () => {
  const [priced] = recording.facts.filter((fact) => fact.kind === 'PricePosted');
  const { block, time } = recording.blocks.at(-1)!;
  const state = (answer: bigint, secondsBefore: number, logIndex: number): PricePosted => ({
    ...priced!,
    ...{
      feed: UPTIME,
      answer,
      round: 1n,
      updatedAt: 0,
      block,
      logIndex,
      part: 0,
      time: time - secondsBefore,
    },
  });
  const source = new MemoryFacts({
    ...recording,
    facts: [...recording.facts, state(1n, 3_000, 900_001), state(0n, 600, 900_002)],
  });
  source.moveTo(source.newest);
  const live = new LiveBook(source);
  await live.update();
  const closed = {
    feeds: [priced!.feed],
    zone: 'UTC',
    sessions: [],
    holidays: [],
    yearlyHolidays: [],
    otherHours: {},
  };
  const availability = availabilityOf({ tradingHours: [closed], sequencerFeed: UPTIME });
  const reported = await new OracleReports(source, live, availability).at();
  const answer = oracleAnswer(reported.at, reported.report);
  expect(answer.sequencer).toMatchObject({ state: 'grace', since: time - 600, graceEndsAt: time + 3_000 });
  const tradingOf = (isNamed: boolean) =>
    answer
      .feeds({})
      .filter(({ id }) => (id === priced!.feed) === isNamed)
      .map(({ trading }) => trading);
  expect(tradingOf(true)).toEqual([{ isOpen: false, changesAt: undefined, by: 'configured' }]);
  expect(new Set(tradingOf(false))).toEqual(new Set([undefined]));
  const plain = await new OracleReports(source, live).at();
  expect(plain.report.sequencer).toBeUndefined();
});
