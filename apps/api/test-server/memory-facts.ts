import { copyLedger } from '@undertow/book';
import type { FoldedLedger, LedgerWanted, LoadedLedger, NamedBlock } from '@undertow/ledgers';
import { compareFactKeys, type Fact, type Reference } from '@undertow/market';
import {
  FactsChangedError,
  type AnswerAt,
  type Incident,
  type SaidPrice,
  type SpreadRange,
} from '@undertow/store';
import { liquidationsTruth } from '../../../libs/store/src/fixtures/liquidation-truth.ts';
import { spreadTruth } from '../../../libs/store/src/fixtures/spread-truth.ts';
import type { FactSource, IncidentsWanted, LiquidationsWanted, StoredHead } from '../src/fact-source.ts';
import { memorySeries } from './memory-series.ts';
import { MemoryAdvice } from './memory-advice.ts';
import { MemoryReports } from './memory-reports.ts';
import { MemorySweeps } from './memory-sweeps.ts';
import type { Recording } from './record-devnet.ts';

/** Incidents, newest first. */
const INCIDENTS: readonly Incident[] = [
  {
    id: 3,
    chainId: 1,
    time: 30,
    kind: 'endpoint',
    message: 'An endpoint lies: replace it.',
    resolved: false,
  },
  { id: 2, chainId: 1, time: 20, kind: 'source', message: 'A decoder fails: see the log.', resolved: true },
  { id: 1, chainId: 1, time: 10, kind: 'endpoint', message: 'An endpoint is slow.', resolved: true },
];

const isWanted = (one: Incident, { kind, resolved, from, to }: IncidentsWanted): boolean =>
  one.kind === (kind ?? one.kind) &&
  one.resolved === (resolved ?? one.resolved) &&
  one.time >= (from ?? 0) &&
  one.time < (to ?? Infinity);

/** A fact source that tests move by hand. */
export class MemoryFacts implements FactSource {
  readonly chainId: number;
  readonly #recording: Recording;
  #head: number | undefined;
  /** Added to every hash above a block: another branch of the chain. */
  #fork: { readonly above: number; readonly suffix: string } = { above: Infinity, suffix: '' };
  #distrust: string | undefined;
  /** Above which block facts changed, by revision. */
  readonly #changed: number[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #looking = new Set<() => void>();
  /** Ranges of facts that were read. */
  readonly reads: [after: number, upTo: number][] = [];
  /** Ledgers that were saved, ascending by block. */
  readonly ledgers: LoadedLedger[] = [];

  /** What exchanges said: one price of a market. */
  said: readonly SaidPrice[] = [];

  readonly series = memorySeries(
    () => this.#recording.facts.filter(({ block }) => block <= (this.#head ?? -1)),
    () => this.said,
  );

  readonly sweeps: MemorySweeps;
  readonly advice: MemoryAdvice;
  readonly reports: MemoryReports;

  constructor(recording: Recording) {
    this.#recording = recording;
    this.chainId = recording.chainId;
    this.sweeps = new MemorySweeps(recording.chainId);
    this.advice = new MemoryAdvice(recording.chainId);
    this.reports = new MemoryReports(recording.chainId);
  }

  get newest(): number {
    return this.#recording.blocks.at(-1)!.block;
  }

  moveTo(block: number | undefined): void {
    this.#head = block;
    for (const listener of this.#listeners) listener();
  }

  /** The blocks above a height become others, and the head moves. */
  fork(above: number, head: number): void {
    this.#fork = { above, suffix: `f${this.#changed.length}` };
    this.goBack(above);
    this.moveTo(head);
  }

  /** The blocks above a height go, and nobody is told. */
  goBack(above: number): void {
    this.#changed.push(above);
    this.#head = above;
    const gone = this.ledgers.findIndex(({ block }) => block > above);
    if (gone >= 0) this.ledgers.length = gone;
  }

  distrust(reason: string | undefined): void {
    this.#distrust = reason;
  }

  async stored(): Promise<StoredHead | undefined> {
    if (this.#head === undefined) return undefined;
    const at = (await this.blockAtOrBelow(this.#head))!;
    const facts = BigInt(this.#recording.facts.filter(({ block }) => block <= at.block).length);
    const revision = this.#changed.length;
    return { ...at, facts, revision, trusted: this.#distrust === undefined, reason: this.#distrust };
  }

  async changedAbove(revision: number): Promise<number | undefined> {
    const since = this.#changed.slice(revision);
    return since.length === 0 ? undefined : Math.min(...since);
  }

  async reference(): Promise<Reference> {
    return this.#recording.reference;
  }

  async *facts(after: number, upTo: number, revision: number): AsyncIterable<readonly Fact[]> {
    this.reads.push([after, upTo]);
    const found = this.#recording.facts.filter(({ block }) => block > after && block <= upTo);
    for (let at = 0; at < found.length; at += 100) {
      const above = await this.changedAbove(revision);
      if (above !== undefined && above < upTo) throw new FactsChangedError(this.chainId, above);
      yield found.slice(at, at + 100);
    }
  }

  async saved({ upTo, above }: LedgerWanted): Promise<LoadedLedger | undefined> {
    const found = this.ledgers.findLast(({ block }) => block <= upTo && block > above);
    return found && { ...found, ledger: copyLedger(found.ledger) };
  }

  async save({ ledger, block, facts }: FoldedLedger): Promise<void> {
    this.ledgers.push({ ledger: copyLedger(ledger), block, facts });
  }

  async saveIfDue(_folded: FoldedLedger, _at: NamedBlock): Promise<void> {}

  async blockAtOrBelow(block: number) {
    const top = Math.min(block, this.#head ?? -1);
    const found = this.#recording.blocks.findLast((known) => known.block <= top);
    if (found === undefined) return undefined;
    return { ...found, hash: found.block > this.#fork.above ? found.hash + this.#fork.suffix : found.hash };
  }

  async blocksBetween({ from, to, most }: SpreadRange) {
    const top = Math.min(to ?? Infinity, this.#head ?? -1);
    const stored = this.#recording.blocks.map(({ block }) => block);
    const chosen = spreadTruth(stored, { from, to: top, most });
    return Promise.all(chosen.map(async (block) => (await this.blockAtOrBelow(block))!));
  }

  async liquidations({
    most,
    after,
    before,
    isFromEnd,
    ...wanted
  }: Parameters<FactSource['liquidations']>[0]) {
    const found = liquidationsTruth(this.#recording.facts, { ...wanted, chainId: this.chainId })
      .filter((fact) => !after || compareFactKeys(fact, after) < 0)
      .filter((fact) => !before || compareFactKeys(fact, before) > 0);
    return isFromEnd ? found.slice(-most) : found.slice(0, most);
  }

  async countLiquidations(wanted: LiquidationsWanted) {
    return liquidationsTruth(this.#recording.facts, { ...wanted, chainId: this.chainId }).length;
  }

  async answersAt(wanted: readonly AnswerAt[]) {
    return wanted.map(({ feed, block, logIndex }) => {
      const last = this.#recording.facts.findLast(
        (fact) =>
          fact.kind === 'PricePosted' &&
          fact.feed === feed &&
          (fact.block < block || (fact.block === block && fact.logIndex <= logIndex)),
      );
      return last?.kind === 'PricePosted' ? last.answer : undefined;
    });
  }

  async incidents({ most, after, before, isFromEnd, ...where }: Parameters<FactSource['incidents']>[0]) {
    const found = INCIDENTS.filter(
      (one) => one.id < (after ?? Infinity) && one.id > (before ?? 0) && isWanted(one, where),
    );
    return isFromEnd ? found.slice(-most) : found.slice(0, most);
  }

  async countIncidents(where: IncidentsWanted) {
    return INCIDENTS.filter((one) => isWanted(one, where)).length;
  }

  /** As an indexer that has looked at the chain. */
  look(): void {
    for (const onAlive of this.#looking) onAlive();
  }

  async listen(onHead: () => void, { onAlive }: { onAlive: () => void }): Promise<() => Promise<void>> {
    this.#listeners.add(onHead);
    this.#looking.add(onAlive);
    if (this.#head !== undefined) onHead();
    return async () => void this.#listeners.delete(onHead);
  }
}
