import { ledgerDigest } from '@undertow/book';
import { LiveBook } from './live-book.ts';
import { MemoryFacts } from '../test-server/memory-facts.ts';
import { recordDevnet, type Recording } from '../test-server/record-devnet.ts';

let recording: Recording;
beforeAll(async () => {
  recording = await recordDevnet(12);
}, 60_000);

const hashAt = async (source: MemoryFacts) => {
  const fresh = new LiveBook(source);
  await fresh.update();
  return (await fresh.at()).book.hash;
};

describe('LiveBook', () => {
  it('is not ready before the first block', async () => {
    const live = new LiveBook(new MemoryFacts(recording));
    expect(await live.update()).toBeUndefined();
    await expect(live.at()).rejects.toMatchObject({ extensions: { code: 'NOT_READY' } });
  });

  it('reads only what is new, and equals a book folded from the start at every step', async () => {
    const source = new MemoryFacts(recording);
    const live = new LiveBook(source);
    const steps = [0.5, 0.8, 0.9, 1].map((share) => Math.floor(source.newest * share));
    for (const [i, block] of steps.entries()) {
      source.moveTo(block);
      source.reads.length = 0;
      expect(await live.update()).toMatchObject({ block, reorg: false });
      expect(source.reads).toEqual([[i === 0 ? -1 : steps[i - 1], block]]);
      expect((await live.at()).book.hash).toBe(await hashAt(source));
    }
    expect((await live.at()).book.accounts.count).toBeGreaterThan(5);
  });

  it('does nothing when nothing moved', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest);
    const live = new LiveBook(source);
    await live.update();
    source.reads.length = 0;
    expect(await live.update()).toBeUndefined();
    expect(source.reads).toEqual([]);
    expect((await live.at()).book).toBe((await live.at()).book);
  });

  it('goes on from the newest height that still holds when the chain went back, and says so', async () => {
    const source = new MemoryFacts(recording);
    const live = new LiveBook(source);
    for (const block of [source.newest - 3, source.newest - 2, source.newest - 1]) {
      source.moveTo(block);
      await live.update();
    }
    source.fork(source.newest - 2, source.newest);
    source.reads.length = 0;
    expect(await live.update()).toMatchObject({ block: source.newest, reorg: true });
    expect(source.reads).toEqual([[source.newest - 2, source.newest]]);
    expect((await live.at()).book.hash).toBe(await hashAt(source));
    // Deeper than what is kept: from the first fact.
    source.fork(source.newest - 10, source.newest - 2);
    source.reads.length = 0;
    expect(await live.update()).toMatchObject({ block: source.newest - 2, reorg: true });
    expect(source.reads).toEqual([[-1, source.newest - 2]]);
    expect((await live.at()).book.hash).toBe(await hashAt(source));
  });

  it('refuses what the chain went back behind from that moment on, and says when to ask again', async () => {
    const source = new MemoryFacts(recording);
    const live = new LiveBook(source);
    source.moveTo(source.newest);
    await live.update();
    const past = (await live.at(source.newest - 9)).book.hash;
    source.goBack(source.newest - 6);
    const refused = { extensions: { code: 'REORGANISED', retryAfterMs: expect.any(Number) as number } };
    for (const block of [undefined, source.newest, source.newest - 5])
      await expect(live.at(block)).rejects.toMatchObject(refused);
    await expect(live.look(() => 1)).rejects.toMatchObject(refused);
    expect(await live.head()).toBeUndefined();
    // Below, all is as it was.
    expect((await live.at(source.newest - 9)).book.hash).toBe(past);
    // Nor is it given while what is true now is being read.
    const updating = live.update();
    await expect(live.at()).rejects.toMatchObject(refused);
    expect(await updating).toMatchObject({ block: source.newest - 6, reorg: true });
    expect((await live.at()).head.block).toBe(source.newest - 6);
    expect(await live.head()).toMatchObject({ block: source.newest - 6 });
  });

  it('begins with the nearest saved ledger, for the newest height and for others', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest);
    const whole = new LiveBook(source);
    await whole.update();
    for (const block of [source.newest - 9, source.newest - 5]) {
      const { head, ledger } = await whole.look((at) => at, block);
      const facts = recording.facts.filter((fact) => fact.block <= block).length;
      await source.save({ ledger, block: head.block, facts, revision: 0 });
    }
    const live = new LiveBook(source);
    source.reads.length = 0;
    await live.update();
    const past = await live.at(source.newest - 7);
    expect(source.reads).toEqual([
      [source.newest - 5, source.newest],
      [source.newest - 9, source.newest - 7],
    ]);
    expect((await live.at()).book.hash).toBe((await whole.at()).book.hash);
    expect(past.book.hash).toBe((await whole.at(source.newest - 7)).book.hash);
  });

  it('never changes a ledger that it has shown, and serves though none can be saved', async () => {
    const source = new MemoryFacts(recording);
    source.saveIfDue = async () => Promise.reject(new Error('the disk is full'));
    const errors: unknown[] = [];
    const live = new LiveBook(source, (error) => errors.push(error));
    source.moveTo(source.newest - 4);
    await live.update();
    const shown = await live.look(({ ledger }) => ledger);
    const before = ledgerDigest(shown);
    source.moveTo(source.newest);
    await live.update();
    await live.saved();
    expect(ledgerDigest(shown)).toBe(before);
    expect(await live.look(({ ledger }) => ledgerDigest(ledger))).not.toBe(before);
    expect(errors).toEqual([new Error('the disk is full'), new Error('the disk is full')]);
  });

  it('has the oldest of the last heights saved, which the chain goes back behind least often', async () => {
    const source = new MemoryFacts(recording);
    const offered: number[] = [];
    source.saveIfDue = async ({ block, facts }, at) => {
      expect(at.block).toBe(block);
      expect(facts).toBe(recording.facts.filter((fact) => fact.block <= block).length);
      offered.push(block);
    };
    const live = new LiveBook(source);
    const heights = [9, 8, 7, 6, 5, 4, 3].map((below) => source.newest - below);
    for (const height of heights) {
      source.moveTo(height);
      await live.update();
      await live.saved();
    }
    expect(offered).toEqual([...Array<number>(5).fill(heights[0]!), heights[1], heights[2]]);
  });

  it('notices a branch that replaced blocks below a higher head', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest - 5);
    const live = new LiveBook(source);
    await live.update();
    source.fork(source.newest - 8, source.newest);
    source.reads.length = 0;
    expect(await live.update()).toMatchObject({ reorg: true });
    expect(source.reads).toEqual([[-1, source.newest]]);
  });

  it('never gives a number while the facts are not trusted', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest);
    const live = new LiveBook(source);
    await live.update();
    source.distrust('a reorganisation deeper than finality');
    await expect(live.at()).rejects.toMatchObject({
      message: expect.stringContaining('deeper than finality'),
      extensions: { code: 'UNTRUSTED' },
    });
    source.distrust(undefined);
    expect((await live.at()).head.block).toBe(source.newest);
  });

  it('gives the book of a past block, the same as it was then, and keeps it', async () => {
    const source = new MemoryFacts(recording);
    const live = new LiveBook(source);
    source.moveTo(source.newest - 4);
    await live.update();
    const then = (await live.at()).book.hash;
    source.moveTo(source.newest);
    await live.update();
    for (const fresh of [live, new LiveBook(source)]) {
      await fresh.update();
      const past = await fresh.at(source.newest - 4);
      expect(past.book.hash).toBe(then);
      expect(past.head).toMatchObject({ block: source.newest - 4, reorg: false });
      source.reads.length = 0;
      await fresh.at(source.newest - 4);
      expect(source.reads).toEqual([]);
    }
  });

  it('does not fold again what was the newest just now, and forgets it when the chain goes back', async () => {
    const source = new MemoryFacts(recording);
    const live = new LiveBook(source);
    source.moveTo(source.newest - 2);
    await live.update();
    const shown = await live.at();
    source.moveTo(source.newest);
    await live.update();
    source.reads.length = 0;
    expect((await live.at(source.newest - 2)).book).toBe(shown.book);
    expect(source.reads).toEqual([]);
    source.fork(source.newest - 10, source.newest);
    await live.update();
    expect((await live.at(source.newest - 2)).book).not.toBe(shown.book);
  });

  it('looks at a past block with the ledger of then', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest - 4);
    const live = new LiveBook(source);
    await live.update();
    const pricesOf = (ledger: { readonly prices: ReadonlyMap<string, unknown> }) => [...ledger.prices];
    const then = await live.look(({ book, ledger }) => [book.hash, structuredClone(pricesOf(ledger))]);
    source.moveTo(source.newest);
    await live.update();
    const seen = ({ book, ledger }: { book: { hash: string }; ledger: Parameters<typeof pricesOf>[0] }) => [
      book.hash,
      structuredClone(pricesOf(ledger)),
    ];
    expect(await live.look(seen, source.newest - 4)).toEqual(then);
    expect(await live.look(seen)).not.toEqual(then);
  });

  it('says which block is the newest when a higher one is asked for', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest);
    const live = new LiveBook(source);
    await live.update();
    await expect(live.at(source.newest + 1)).rejects.toThrow(`the newest is ${source.newest}`);
    await expect(live.at(-1)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });
});
