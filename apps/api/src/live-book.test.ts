import { LiveBook } from './live-book.ts';
import { MemoryFacts, recordDevnet, type Recording } from '../test-server/memory-facts.ts';

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

  it('folds from the start when the chain went back, and says so', async () => {
    const source = new MemoryFacts(recording);
    source.moveTo(source.newest);
    const live = new LiveBook(source);
    await live.update();
    source.fork(source.newest - 10, source.newest - 2);
    expect(await live.update()).toMatchObject({ block: source.newest - 2, reorg: true });
    expect((await live.at()).book.hash).toBe(await hashAt(source));
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
    expect(await live.at(source.newest - 2)).toBe(shown);
    expect(source.reads).toEqual([]);
    source.fork(source.newest - 10, source.newest);
    await live.update();
    expect(await live.at(source.newest - 2)).not.toBe(shown);
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
