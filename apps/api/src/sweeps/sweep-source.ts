import {
  claimWork,
  dropOldSweeps,
  dropSweepBooks,
  keepSweep,
  keepSweepBook,
  keepSweepChunk,
  readSweepBook,
  readSweepChunks,
  readSweepRanges,
  readSweeps,
  setSweep,
  type ChainClaim,
  type ChunkQueue,
  type ChunkRange,
  type NewSweep,
  type Store,
  type StoredChunk,
  type StoredSweep,
  type SweepState,
} from '@undertow/store';

/** Sweeps that are kept once they are over, the newest of a chain. */
const SWEEPS_KEPT = 100;

/** What is kept of sweeps of one chain: the store in production. */
export interface SweepSource {
  /** Keeps the bytes of a book by its hash. */
  keepBook(hash: string, bytes: Uint8Array): Promise<void>;
  book(hash: string): Promise<SharedArrayBuffer | undefined>;
  /** Keeps a sweep, running, unless it is there. */
  keep(sweep: Omit<NewSweep, 'chainId'>): Promise<void>;
  find(id: string): Promise<StoredSweep | undefined>;
  /** The newest first. */
  list(wanted: { readonly state?: SweepState; readonly most: number }): Promise<readonly StoredSweep[]>;
  /** One that is done stays as it is. */
  set(id: string, to: Parameters<typeof setSweep>[2]): Promise<boolean>;
  keepChunk(id: string, chunk: StoredChunk): Promise<void>;
  /** Ranges whose results are kept, in order. */
  ranges(id: string): Promise<readonly ChunkRange[]>;
  chunks(id: string): Promise<readonly StoredChunk[]>;
  /** The right to run a sweep; undefined while another process has it. */
  claim(id: string): Promise<ChainClaim | undefined>;
  /** Offers ranges of a sweep to workers, where there are any. */
  offer(id: string, ranges: readonly ChunkRange[]): Promise<void>;
  /** Drops sweeps that are long over, and books that none runs on. */
  tidy(): Promise<void>;
}

/** The sweeps of one chain of a store. */
export function sweepsOf(store: Store, chainId: number, queue?: Pick<ChunkQueue, 'offer'>): SweepSource {
  return {
    keepBook: (hash, bytes) => keepSweepBook(store, hash, bytes),
    book: (hash) => readSweepBook(store, hash),
    keep: (sweep) => keepSweep(store, { ...sweep, chainId }),
    find: async (id) => (await readSweeps(store, { chainId, id, most: 1 }))[0],
    list: (wanted) => readSweeps(store, { ...wanted, chainId }),
    set: (id, to) => setSweep(store, id, to),
    keepChunk: (id, chunk) => keepSweepChunk(store, id, chunk),
    ranges: (id) => readSweepRanges(store, id),
    chunks: (id) => readSweepChunks(store, id),
    claim: (id) => claimWork(store, 'sweep', id),
    offer: async (id, ranges) => queue?.offer(ranges.map((range) => ({ ...range, sweep: id }))),
    async tidy() {
      await dropOldSweeps(store, { chainId, keep: SWEEPS_KEPT });
      await dropSweepBooks(store);
    },
  };
}
