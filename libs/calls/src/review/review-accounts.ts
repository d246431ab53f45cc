import { legsOf, loneAccount, withAmount, type AccountRow, type Book, type LegRow } from '@undertow/book';
import type { Deviations } from '@undertow/margin';
import { requiredOf } from '../cure/required-of.ts';
import { hashOf } from '../log/canonical.ts';
import { rungPlace } from '../policy/healthier.ts';
import type { Policy, Rung } from '../policy/policy.ts';
import type { CallEvent, CallFacts, HeldUnits } from '../states/call-event.ts';
import { newCall, type CalledAccount, type MarginCall } from '../states/margin-call.ts';
import { measuresOf, type Measures } from './measures.ts';

/** How a call of an account ended, as far as it matters for the next one. */
export interface EndedCall extends Pick<MarginCall, 'account' | 'rung' | 'state'> {
  readonly closedAt: number;
  readonly closedBlock: number;
}

/** When and of what a review is. */
export interface ReviewedBlock {
  /** Unix seconds: of the review, which deadlines count from. */
  readonly time: number;
  readonly blockHash?: string | undefined;
}

export interface ReviewInput {
  readonly book: Book;
  readonly policy: Policy;
  readonly at: ReviewedBlock;
  /** All calls of this policy and chain that are open. */
  readonly open: readonly MarginCall[];
  /** The last call of each account that ended. */
  readonly ended?: readonly EndedCall[];
  /** Where the chain has gone back since the last review: the block above which nothing of before holds. */
  readonly revertedAbove?: number | undefined;
  /** Accounts that were liquidated since the last review, by `accountKey`, with the block. */
  readonly liquidated?: ReadonlyMap<string, number>;
  readonly deviations?: Deviations;
}

/** An event that a review found, and the call that it is for: one that is open, or a new one. */
export interface ReviewStep {
  readonly call: MarginCall;
  readonly event: CallEvent;
  readonly isNew: boolean;
}

export interface Review {
  readonly steps: readonly ReviewStep[];
  /** Accounts with a debt that could not be measured: nobody of them is called, and that is not because they are well. */
  readonly unmeasured: readonly { readonly account: CalledAccount; readonly reason: string }[];
  /** Accounts that reached a rung and are not called, as their last call ended a short while ago. */
  readonly cooling: readonly CalledAccount[];
}

const SYSTEM = { role: 'system', name: 'review' } as const;

/** What names an account among all of a chain. */
export const accountKey = ({ venue, owner, market }: Omit<CalledAccount, 'chainId'>): string =>
  `${venue}\n${owner}\n${market}`;

/**
 * What a book and the prices in it mean for margin calls: who reaches a rung, who is back at the cure target, who was liquidated, and whose breach a
 * reorganisation has undone. Between a rung and the cure target nothing happens to a call, and a rung that was reached is not told again.
 *
 * An owner's accounts that are called at the same time share a case.
 */
export function reviewAccounts(input: ReviewInput): Review {
  const { book, policy, open } = input;
  const measures = measuresOf(book, policy, input.deviations);
  const rows = rowsByKey(book);
  const found = open.flatMap((call): ReviewStep[] => {
    const row = rows.get(accountKey(call.account));
    const event = eventOf(call, row, { input, measures });
    return event ? [{ call, event, isNew: false }] : [];
  });
  const isOpen = new Set(open.map(({ account }) => accountKey(account)));
  const ended = new Map((input.ended ?? []).map((one) => [accountKey(one.account), one]));
  const cases = new Map(open.map(({ account, caseId }) => [account.owner, caseId]));
  const [opened, cooling]: [ReviewStep[], CalledAccount[]] = [[], []];
  for (const row of measures.candidates) {
    const account = accountOf(book, row);
    const rung = isOpen.has(accountKey(account)) ? undefined : measures.rungOf(row);
    if (!rung) continue;
    if (isCooling(ended.get(accountKey(account)), rung, input)) {
      cooling.push(account);
      continue;
    }
    const caseId = cases.get(account.owner) ?? idOf(input, { owner: account.owner });
    cases.set(account.owner, caseId);
    const call = newCall({
      ...{ id: idOf(input, { account }), caseId, account, openedAt: input.at.time, openedBlock: book.block },
      policy: { name: policy.name, hash: hashOf(policy) },
    });
    opened.push({ call, event: breachOf(row, rung, { input, measures }), isNew: true });
  }
  return { steps: [...found, ...opened], unmeasured: unmeasuredOf(book, measures), cooling };
}

interface Reviewing {
  readonly input: ReviewInput;
  readonly measures: Measures;
}

/** What happened to an account that is called; undefined where nothing did. */
function eventOf(call: MarginCall, row: AccountRow | undefined, reviewing: Reviewing): CallEvent | undefined {
  const { input, measures } = reviewing;
  const { policy, at, revertedAbove, liquidated } = input;
  const by = { at: at.time, by: SYSTEM };
  const liquidatedIn = liquidated?.get(accountKey(call.account));
  if (liquidatedIn !== undefined) return { kind: 'liquidated', ...by, block: liquidatedIn };
  if (row !== undefined && measures.reasonOf(row) !== undefined) return undefined;
  const rung = row === undefined ? undefined : measures.rungOf(row);
  if (revertedAbove !== undefined && call.openedBlock > revertedAbove && !isBreached(call, rung))
    return { kind: 'reorg', ...by, above: revertedAbove };
  // Without debt it is in no book.
  if (row === undefined) return { kind: 'recover', ...by, because: 'owner', facts: undefined };
  if (rung && rungPlace(policy, rung.name) > rungPlace(policy, call.rung))
    return breachOf(row, rung, reviewing);
  if (!measures.isAtTarget(row)) return undefined;
  const because = isByPrices(call, row, reviewing) ? 'price' : 'owner';
  return { kind: 'recover', ...by, because, facts: factsOf(row, reviewing) };
}

/** Whether what a call was opened for is still there. */
const isBreached = (call: MarginCall, rung: Rung | undefined): boolean =>
  rung !== undefined &&
  (rung.action !== 'warn' || (call.calledAt === undefined && call.escalatedAt === undefined));

/** Whether an account would be at the cure target with what it had when it was called: then prices did it, and not its owner. */
function isByPrices(call: MarginCall, row: AccountRow, { input, measures }: Reviewing): boolean {
  const then = new Map((call.facts?.holdings ?? []).map((one) => [holdingKey(one), BigInt(one.amount)]));
  const lone = loneAccount(input.book, row);
  const legs = Array.from({ length: lone.legs.count }, (_, leg) => leg as LegRow);
  const keys = legs.map((leg) => holdingKey(heldOf(lone, leg)));
  // A leg that is gone was paid or taken out.
  if ([...then.keys()].some((key) => !keys.includes(key))) return false;
  const before = legs.reduce((book, leg) => withAmount(book, leg, then.get(keys[leg]!) ?? 0n), lone);
  return measures.meets(before) === true;
}

const holdingKey = ({ market, asset, side }: HeldUnits) => `${market}\n${asset}\n${side}`;

function isCooling(
  last: EndedCall | undefined,
  rung: Rung,
  { policy, at, revertedAbove }: ReviewInput,
): boolean {
  if (!last || at.time >= last.closedAt + policy.cooldownSeconds) return false;
  // Its end is undone with the block that it was in.
  if (revertedAbove !== undefined && last.closedBlock > revertedAbove) return false;
  return rungPlace(policy, rung.name) <= rungPlace(policy, last.rung);
}

function breachOf(row: AccountRow, rung: Rung, reviewing: Reviewing): CallEvent {
  const { input, measures } = reviewing;
  const { policy, book, at } = input;
  const { shared, meets } = measures;
  return {
    ...{ kind: 'breach', at: at.time, by: SYSTEM, rung: rung.name },
    facts: factsOf(row, reviewing),
    required: requiredOf(book, row, { policy, shared, meets }),
  };
}

function factsOf(row: AccountRow, { input, measures }: Reviewing): CallFacts {
  const { book, at } = input;
  return {
    ...{ block: book.block, blockHash: at.blockHash, bookHash: book.hash },
    ...{ measured: measures.measured(row), ...measures.totals(row) },
    holdings: legsOf(book, row).map((leg) => heldOf(book, leg as LegRow)),
  };
}

const heldOf = ({ legs, markets, assets, exact }: Book, leg: LegRow): HeldUnits => ({
  market: markets[legs.market[leg]!]!.id,
  asset: assets[legs.asset[leg]!]!.address,
  side: legs.side[leg] === -1 ? -1 : 1,
  amount: String(exact.amount[leg]),
});

const accountOf = ({ chainId, accounts, venues }: Book, row: AccountRow): CalledAccount => ({
  ...{ chainId, venue: venues[accounts.venue[row]!]!.id, owner: accounts.owner[row]! },
  market: accounts.market[row]!,
});

function rowsByKey(book: Book): ReadonlyMap<string, AccountRow> {
  const { count } = book.accounts;
  return new Map(
    Array.from({ length: count }, (_, row) => [
      accountKey(accountOf(book, row as AccountRow)),
      row as AccountRow,
    ]),
  );
}

/** The same for the same account at the same block, whoever reviews it: what is opened twice is one. */
const idOf = ({ book, policy, at }: ReviewInput, of: object): string =>
  hashOf({
    ...of,
    chainId: book.chainId,
    policy: policy.name,
    block: book.block,
    hash: at.blockHash,
    time: at.time,
  }).slice(0, 24);

const unmeasuredOf = (book: Book, { doubtful, reasonOf }: Measures): Review['unmeasured'] =>
  doubtful.flatMap((row) => {
    const reason = reasonOf(row);
    return reason === undefined ? [] : [{ account: accountOf(book, row), reason }];
  });
