import { legsOf, mergeSplitLegs, withScaledLegs, type AccountRow, type Book } from '@undertow/book';
import { marketPriceUsd, openMarket, requotedAt } from './market/market.ts';
import { shocked } from './resolve-moves.ts';
import { runOf, type Run } from './run.ts';
import { DEFAULT_POLICIES, type Scenario } from './scenario.ts';

/** A book after liquidators have dealt with everybody who is due in it as prices stand. */
export interface Settled {
  /** Without a hash: it is only run on. */
  readonly book: Book;
  /** What was lost by it for good, USD where markets stood then: debt that is nobody's any more. */
  readonly lossUsd: number;
  /** The same by venue row. */
  readonly venueLossUsd: Float64Array;
}

/**
 * Lets liquidators act on everybody who is due at the present prices, to the end, and gives the book as it is then, at the present prices
 * again: whoever trades in between brings the markets back. What is left on accounts that owe more than they have is not lost yet: the
 * next cascade on the book counts it.
 *
 * An account that would hold what it has no leg with an amount of (cash of a closed position) stays as it was, and is dealt with by the next
 * cascade. The book itself, without a hash, where nobody is due.
 *
 * @throws BadDataError as `simulate`.
 */
export function settled(given: Book, policies: Scenario['policies'] = {}): Settled {
  const book = mergeSplitLegs(given);
  const opened = openMarket(book);
  const shock = shocked(book, opened, { moves: [] });
  const own = { ...DEFAULT_POLICIES, ...policies };
  const market = requotedAt(opened, shock.places);
  const run = runOf({ book, market, feeds: shock.feeds, policies: own }, shock, {});
  const venueLossUsd = new Float64Array(book.venues.length);
  if (run.steps.length === 0) return { book: { ...book, hash: '' }, lossUsd: 0, venueLossUsd };
  const isKept = keptAsTheyWere(run);
  for (const { account, usd } of lostForGood(run))
    if (isKept[account] === 0) venueLossUsd[book.accounts.venue[account]!]! += usd;
  return {
    book: { ...withScaledLegs({ ...book, funds: fundsAfter(run, isKept) }, factors(run, isKept)), hash: '' },
    lossUsd: venueLossUsd.reduce((sum, usd) => sum + usd, 0),
    venueLossUsd,
  };
}

/** By account, 1 where an amount grows from nothing. */
function keptAsTheyWere({ world: { book }, end }: Run): Uint8Array {
  const { accounts, legs } = book;
  return Uint8Array.from({ length: accounts.count }, (_, account) =>
    Number(legsOf(book, account as AccountRow).some((leg) => legs.amount[leg] === 0 && end.amount[leg]! > 0)),
  );
}

/** By leg, how many times as much there is at the end. */
function factors({ world: { book }, end }: Run, isKept: Uint8Array): Float64Array {
  const { accounts, legs } = book;
  const factor = new Float64Array(legs.count).fill(1);
  for (let account = 0; account < accounts.count; account++) {
    if (isKept[account] === 1 || end.isTouched[account] === 0) continue;
    for (const leg of legsOf(book, account as AccountRow))
      if (legs.amount[leg]! > 0) factor[leg] = end.amount[leg]! / legs.amount[leg]!;
  }
  return factor;
}

/** Funds of venues all of whose accounts are taken over. */
function fundsAfter({ world: { book }, end }: Run, isKept: Uint8Array): Book['funds'] {
  const isMixed = new Set<number>();
  for (const [account, kept] of isKept.entries()) if (kept === 1) isMixed.add(book.accounts.venue[account]!);
  return book.funds.map((fund, row) =>
    isMixed.has(fund.venue) ? fund : { ...fund, amount: end.fundAmount[row]! },
  );
}

/** Bad debt that is not left on its account, in the order in which it came. */
function lostForGood({ world: { book, market }, steps, end }: Run): { account: AccountRow; usd: number }[] {
  const { legs } = book;
  return steps.flatMap(({ calls }) =>
    calls.flatMap(({ liquidations }) =>
      liquidations.flatMap(({ account, effects }) =>
        effects.flatMap((effect) => {
          if (effect.kind !== 'badDebt') return [];
          const { asset, amount } = effect;
          const left = legsOf(book, account)
            .filter((leg) => legs.side[leg] === -1 && legs.asset[leg] === asset)
            .reduce((sum, leg) => sum + end.amount[leg]!, 0);
          const isLeft = left > amount / 2;
          return isLeft ? [] : [{ account, usd: amount * marketPriceUsd(market, end.places, asset) }];
        }),
      ),
    ),
  );
}
