import { BadDataError } from '@undertow/units';
import type { Book } from '@undertow/book';
import type { Happened, HappenedAnswer, HappenedLiquidation } from '@undertow/report';
import { readBlocks, readFacts, readFlags, type Checkpoint, type Store } from '@undertow/store';
import { UsageError } from '../explain-error.ts';

/** Of one report: what is longer is no incident but a history. */
const MOST = { liquidations: 20_000, answers: 100_000, flags: 500 } as const;

/**
 * What the chain says of the blocks after a book, up to one of them: liquidations, answers of the book's feeds, flags.
 *
 * @throws UsageError for a range that is not stored, was dropped, or has too much in it.
 */
export async function readHappened(
  store: Store,
  { chainId, block: newest }: Checkpoint,
  { book, to = newest }: { readonly book: Book; readonly to: number | undefined },
): Promise<Happened> {
  if (to > newest)
    throw new UsageError(
      `Block ${to} of chain ${chainId} is not stored: the newest is ${newest}. Ask for one that is.`,
    );
  if (to <= book.block)
    throw new UsageError(
      `Nothing is between block ${book.block}, that of the book before, and ${to}: give a --to above --from.`,
    );
  const [end] = await readBlocks(store, chainId, { to, limit: 1 });
  const feeds = new Set<string>(book.feeds.map(({ id }) => id));
  const liquidations: HappenedLiquidation[] = [];
  const answers: HappenedAnswer[] = [];
  const batches = readFacts(store, chainId, {
    after: book.block,
    upTo: to,
    kinds: ['Liquidated', 'PricePosted'],
  });
  try {
    for await (const batch of batches)
      for (const fact of batch) {
        if (fact.kind === 'Liquidated') {
          const { block, logIndex, part, time, venue, market, owner, liquidator } = fact;
          liquidations.push({
            ...{ block, logIndex, part, time, venue, market, owner, liquidator },
            ...{ collateralAsset: fact.collateralAsset, debtAsset: fact.debtAsset },
            ...{ repaid: String(fact.repaid), seized: String(fact.seized), badDebt: String(fact.badDebt) },
            transaction: fact.transaction ?? null,
          });
        }
        // An answer of 0 is none.
        if (fact.kind === 'PricePosted' && fact.answer > 0n && feeds.has(fact.feed))
          answers.push({ feed: fact.feed, block: fact.block, time: fact.time, answer: String(fact.answer) });
        refuseTooMany(liquidations, answers);
      }
  } catch (cause) {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
  const flags = await readFlags(store, {
    chainId,
    block: to,
    where: { from: book.time, to: end!.time + 1 },
    most: MOST.flags,
  });
  return {
    to: { block: to, blockHash: end!.number === to ? end!.hash : null, time: end!.time },
    liquidations,
    answers,
    flags: flags.map(({ kind, severity, subject, label, start, raisedAt, end: ended, peak }) => ({
      ...{ kind, severity, subject, label, start, raisedAt, peak },
      end: ended ?? null,
    })),
  };
}

function refuseTooMany(liquidations: readonly unknown[], answers: readonly unknown[]): void {
  if (liquidations.length > MOST.liquidations || answers.length > MOST.answers)
    throw new UsageError(
      `More than ${MOST.liquidations} liquidations or ${MOST.answers} answers are in these blocks: that is no incident. Choose a shorter range.`,
    );
}
