import { MemoryFacts } from '../../test-server/memory-facts.ts';
import { recordDevnet } from '../../test-server/record-devnet.ts';
import { LiveBook } from '../live-book.ts';
import { reportedBook } from './reported-book.ts';

it('is of the block that it names, with its time and its hash, also where nothing happened since', async () => {
  const source = new MemoryFacts(await recordDevnet(24));
  source.moveTo(source.newest);
  const live = new LiveBook(source);
  await live.update();
  const newest = (await live.head())!.block;
  const quiet: number[] = [];
  for (let block = newest; block > newest - 40; block--) {
    const { book, head } = await reportedBook(live, block);
    expect(book.block).toBe(head.block);
    expect(book.time).toBe(head.time);
    expect((await live.at(book.block)).book.hash).toBe(book.hash);
    if (head.block !== block) quiet.push(block);
  }
  // Some of these blocks changed nothing.
  expect(quiet.length).toBeGreaterThan(0);
}, 120_000);
