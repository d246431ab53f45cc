import fc from 'fast-check';
import { Work } from './work.ts';

const RANK = { urgency: 'question', block: 0 } as const;

describe('a work', () => {
  it('has its results in the order of its items, whichever threads did how many of them when', async () => {
    const plan = fc.record({
      count: fc.integer({ min: 1, max: 600 }),
      threads: fc.integer({ min: 1, max: 5 }),
      // Of what a thread takes it does so much, and the one that comes back next is one of those that are out.
      turns: fc.array(fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), which: fc.nat() }), {
        minLength: 1,
        maxLength: 20,
      }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ count, threads, turns }) => {
        const items = Array.from({ length: count }, (_, i) => i);
        const work = new Work<number, number>(items, RANK);
        const out: ReturnType<typeof work.take>[] = [];
        for (let turn = 0; work.isWaiting || out.length > 0; turn++) {
          while (work.isWaiting && out.length < threads) out.push(work.take(threads));
          const { share, which } = turns[turn % turns.length]!;
          const [part] = out.splice(which % out.length, 1);
          const done = part!.items.slice(0, Math.max(1, Math.round(share * part!.items.length)));
          work.keep(
            part!,
            done.map((item) => item * 2),
          );
        }
        expect(await work.done).toEqual(items.map((item) => item * 2));
      }),
      { numRuns: 100 },
    );
  });

  it('that is stopped gives nothing more to threads, and its reason to who waits', async () => {
    const work = new Work<number, number>([1, 2, 3], RANK);
    const part = work.take(2);
    work.stop(new Error('no one waits'));
    expect(work.isWaiting).toBe(false);
    work.keep(part, [1]);
    await expect(work.done).rejects.toThrow('no one waits');
  });
});
