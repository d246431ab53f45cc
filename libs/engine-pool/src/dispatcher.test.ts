import { Dispatcher } from './dispatcher.ts';
import type { Rank } from './rank.ts';
import { Work } from './work.ts';

/** Threads that a test lets finish, piece by piece: each does one item of what it has. */
class HandThreads {
  readonly sent: string[] = [];
  readonly kept: string[] = [];
  readonly #out: ((results: readonly string[]) => void)[] = [];

  add(to: Dispatcher, name: string, rank: Rank, count = 1): Work<string, string> {
    const items = Array.from({ length: count }, (_, i) => `${name}${i}`);
    const work = new Work<string, string>(items, rank);
    const send = (some: readonly string[]): Promise<readonly string[]> => {
      this.sent.push(some[0]!);
      return new Promise((done) => this.#out.push(() => done(some.slice(0, 1))));
    };
    to.add({ work, send, keep: (i, result) => void this.kept.push(`${i} ${result}`) });
    return work;
  }

  /** The thread that was sent something longest ago is done with it. */
  async finish(): Promise<void> {
    this.#out.shift()!([]);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const question = (block = 0): Rank => ({ urgency: 'question', block });

it('sends what is more urgent first, then what is about the newer head, then what came first', async () => {
  const threads = new HandThreads();
  const dispatcher = new Dispatcher(1);
  threads.add(dispatcher, 'first', question(1));
  threads.add(dispatcher, 'sweep', { urgency: 'sweep', block: 9 });
  threads.add(dispatcher, 'measure', { urgency: 'measurement', block: 9 });
  threads.add(dispatcher, 'old', question(7));
  threads.add(dispatcher, 'new', question(8));
  threads.add(dispatcher, 'later', question(8));
  for (let i = 0; i < 5; i++) await threads.finish();
  expect(threads.sent).toEqual(['first0', 'new0', 'later0', 'old0', 'measure0', 'sweep0']);
});

it('lets a short question in between the pieces of a long one, and long ones take turns', async () => {
  const threads = new HandThreads();
  const dispatcher = new Dispatcher(1);
  threads.add(dispatcher, 'long', question(), 10);
  threads.add(dispatcher, 'short', question());
  threads.add(dispatcher, 'other', question(), 10);
  for (let i = 0; i < 5; i++) await threads.finish();
  expect(threads.sent).toEqual(['long0', 'short0', 'other0', 'long1', 'other1', 'long2']);
});

it('goes by a rank that was raised meanwhile', async () => {
  const threads = new HandThreads();
  const dispatcher = new Dispatcher(1);
  threads.add(dispatcher, 'first', question());
  threads.add(dispatcher, 'asked', question());
  threads.add(dispatcher, 'measure', { urgency: 'measurement', block: 0 }).rank = question(5);
  await threads.finish();
  expect(threads.sent).toEqual(['first0', 'measure0']);
});

it('begins nothing more of a work that was stopped, and keeps what comes back of it all the same', async () => {
  const threads = new HandThreads();
  const dispatcher = new Dispatcher(1);
  const work = threads.add(dispatcher, 'long', question(), 5);
  work.stop(new Error('left'));
  threads.add(dispatcher, 'next', question());
  await threads.finish();
  expect(threads.sent).toEqual(['long0', 'next0']);
  expect(threads.kept).toEqual(['0 long0']);
  await expect(work.done).rejects.toThrow('left');
});

it('fails the work whose piece failed, and goes on with the others', async () => {
  const dispatcher = new Dispatcher(1);
  const bad = new Work<number, number>([1], question());
  const good = new Work<number, number>([2], question());
  dispatcher.add({ work: bad, send: () => Promise.reject(new Error('bad')), keep: () => undefined });
  dispatcher.add({ work: good, send: (items) => Promise.resolve(items), keep: () => undefined });
  await expect(bad.done).rejects.toThrow('bad');
  expect(await good.done).toEqual([2]);
});
