import fc from 'fast-check';
import { appendEntries, appendEntry, EMPTY_LOG, verifyLog, type LogDraft, type LogEntry } from '../index.ts';

const draft = (text: string, at = 1): LogDraft => ({
  ...{ kind: 'decision', call: 'c', at },
  content: { text, nested: { b: 0.1, a: [1, 'ä'] }, gone: undefined },
});
const LOG = appendEntries(
  EMPTY_LOG,
  ['a', 'b', 'c', 'd', 'e'].map((text) => draft(text)),
);
const head = LOG.at(-1)!;
const flawOf = (log: readonly LogEntry[]) => {
  const found = verifyLog(log, { head });
  return found.isWhole ? undefined : found.flaw;
};

describe('the log', () => {
  it('is whole as it was written, in parts too, and as JSON has it', () => {
    expect(verifyLog(LOG, { head })).toEqual({ isWhole: true, count: 5, head: { seq: 5, hash: head.hash } });
    expect(verifyLog(LOG.slice(2), { after: LOG[1]! }).isWhole).toBe(true);
    expect(verifyLog(JSON.parse(JSON.stringify(LOG)), { head }).isWhole).toBe(true);
    expect(verifyLog([]).isWhole).toBe(true);
    // Fields in another order are the same.
    const turned = LOG.map(
      (entry) => Object.fromEntries(Object.entries(entry).reverse()) as unknown as LogEntry,
    );
    expect(verifyLog(turned).isWhole).toBe(true);
  });

  it('has the hash that it should: of canonical JSON, by another program', () => {
    const first = appendEntry(EMPTY_LOG, { kind: 'message', call: 'c', at: 2, content: { a: 1 } });
    // printf '{"at":2,"call":"c","content":{"a":1},"kind":"message","previous":"000…0","seq":1}' | sha256sum
    expect(first.hash).toBe('52afb970b2cc56b1d92ca4705ce3d02effb2121c7409ca8053ce43394752631d');
  });

  it('names the first entry that was changed, removed or moved', () => {
    const changed = LOG.map((entry) => (entry.seq === 3 ? { ...entry, content: { text: 'x' } } : entry));
    expect(flawOf(changed)).toMatchObject({ kind: 'changed', seq: 3 });
    const rehashed = LOG.map((entry) => (entry.seq === 3 ? appendEntry(LOG[1]!, draft('x')) : entry));
    expect(flawOf(rehashed)).toMatchObject({ kind: 'changed', seq: 3 });
    expect(flawOf(LOG.filter(({ seq }) => seq !== 2))).toMatchObject({ kind: 'removed', seq: 2 });
    expect(flawOf(LOG.slice(1))).toMatchObject({ kind: 'removed', seq: 1 });
    expect(flawOf(LOG.slice(0, 3))).toMatchObject({ kind: 'removed', seq: 4 });
    const swapped = [LOG[0]!, LOG[2]!, LOG[1]!, LOG[3]!, LOG[4]!];
    expect(flawOf(swapped)).toMatchObject({ kind: 'moved', seq: 2 });
    const anew = appendEntries(LOG[2]!, [draft('d'), draft('other')]);
    expect(flawOf([...LOG.slice(0, 3), ...anew])).toMatchObject({ kind: 'changed', seq: 5 });
    expect(verifyLog([...LOG.slice(0, 3), ...anew]).isWhole).toBe(true);
  });

  it('misses no change of any field of any entry', () => {
    const place = fc.nat(LOG.length - 1);
    const field = fc.constantFrom(
      'seq' as const,
      'previous' as const,
      'kind' as const,
      'call' as const,
      'at' as const,
      'hash' as const,
      'content' as const,
    );
    fc.assert(
      fc.property(place, field, fc.jsonValue(), (at, name, value) => {
        const given = { ...LOG[at]!, [name]: value } as LogEntry;
        fc.pre(JSON.stringify(given) !== JSON.stringify(LOG[at]));
        expect(
          verifyLog(
            LOG.map((entry, i) => (i === at ? given : entry)),
            { head },
          ).isWhole,
        ).toBe(false);
      }),
      { seed: 15 },
    );
  });
});
