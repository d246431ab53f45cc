import type { ChunkRange, NewSweep, StoredChunk, StoredSweep } from '@undertow/store';
import type { SweepSource } from '../src/sweeps/sweep-source.ts';

type Kept = Omit<StoredSweep, 'done'>;

/** Sweeps kept in memory, as the store keeps them. */
export class MemorySweeps implements SweepSource {
  readonly #chainId: number;
  readonly #books = new Map<string, Uint8Array>();
  readonly #sweeps = new Map<string, Kept>();
  readonly #chunks = new Map<string, StoredChunk[]>();
  readonly #claimed = new Set<string>();

  constructor(chainId: number) {
    this.#chainId = chainId;
  }

  async keepBook(hash: string, bytes: Uint8Array): Promise<void> {
    this.#books.set(hash, bytes.slice());
  }

  async book(hash: string): Promise<SharedArrayBuffer | undefined> {
    const bytes = this.#books.get(hash);
    if (bytes === undefined) return undefined;
    const buffer = new SharedArrayBuffer(bytes.length);
    new Uint8Array(buffer).set(bytes);
    return buffer;
  }

  async keep(sweep: Omit<NewSweep, 'chainId'>): Promise<void> {
    if (this.#sweeps.has(sweep.id)) return;
    const started = { startedAt: Math.floor(Date.now() / 1_000), endedAt: undefined };
    const nothing = { reason: undefined, chunkScenarios: undefined, summary: undefined };
    this.#sweeps.set(sweep.id, {
      ...{ ...sweep, ...started, ...nothing },
      ...{ chainId: this.#chainId, state: 'running' },
    });
    this.#chunks.set(sweep.id, []);
  }

  async find(id: string): Promise<StoredSweep | undefined> {
    const sweep = this.#sweeps.get(id);
    const done = (this.#chunks.get(id) ?? []).reduce((sum, { from, to }) => sum + to - from, 0);
    return sweep && { ...sweep, done };
  }

  async list({ state, most }: Parameters<SweepSource['list']>[0]): Promise<readonly StoredSweep[]> {
    const all = await Promise.all([...this.#sweeps.keys()].reverse().map((id) => this.find(id)));
    return all.flatMap((one) => (one && one.state === (state ?? one.state) ? [one] : [])).slice(0, most);
  }

  async set(id: string, to: Parameters<SweepSource['set']>[1]): Promise<boolean> {
    const sweep = this.#sweeps.get(id);
    if (sweep === undefined || sweep.state === 'done') return false;
    const { state, reason, chunkScenarios, summary } = to;
    const ended = state === undefined ? sweep.endedAt : state === 'running' ? undefined : sweep.startedAt;
    this.#sweeps.set(id, {
      ...sweep,
      ...{ state: state ?? sweep.state, endedAt: ended },
      reason: state === undefined ? sweep.reason : reason,
      chunkScenarios: sweep.chunkScenarios ?? chunkScenarios,
      summary: summary ?? sweep.summary,
    });
    return true;
  }

  async keepChunk(id: string, chunk: StoredChunk): Promise<void> {
    const chunks = this.#chunks.get(id)!;
    if (!chunks.some(({ from }) => from === chunk.from)) chunks.push(chunk);
  }

  async ranges(id: string): Promise<readonly ChunkRange[]> {
    return (await this.chunks(id)).map(({ from, to }) => ({ from, to }));
  }

  async chunks(id: string): Promise<readonly StoredChunk[]> {
    return this.#chunks.get(id)!.toSorted((a, b) => a.from - b.from);
  }

  async claim(id: string): ReturnType<SweepSource['claim']> {
    if (this.#claimed.has(id)) return undefined;
    this.#claimed.add(id);
    const { promise: lost, resolve } = Promise.withResolvers<void>();
    const release = async (): Promise<void> => {
      this.#claimed.delete(id);
      resolve();
    };
    return { lost, release };
  }

  /** Nobody takes anything. */
  offer: SweepSource['offer'] = async () => {};

  async tidy(): Promise<void> {}
}
