import { referenceDeviations, reviewAccounts, type Policy } from '@undertow/calls';
import type { Book } from '@undertow/book';
import { priceTable } from '@undertow/sweep';
import type { BookSource } from '../book-source.ts';
import { asUsage, UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { openTablesOrBook } from '../simulate/open-tables-or-book.ts';
import { priceRowsOf } from '../sweep/price-rows-of.ts';
import { checkText } from './check-text.ts';
import type { Checked, WouldBeCalled } from './checked.ts';
import { policyOf } from './policy-of.ts';

export interface CallsCheckOptions extends BookSource {
  readonly policy: string;
  readonly tables?: readonly string[];
  readonly prices?: readonly string[];
  /** Seconds. */
  readonly step?: number;
  readonly most?: number;
  readonly json?: boolean;
}

const HOUR = 3_600;
const MOST = 30;

/**
 * Prints who would be called now under a policy. Nothing is stored, and nobody is told.
 *
 * @throws UsageError for a policy that is none, and for a ladder of deviations without prices.
 */
export async function runCallsCheck(options: CallsCheckOptions): Promise<void> {
  const policy = policyOf(options.policy);
  const { book, nameOf } = await openTablesOrBook(options);
  const deviations = await deviationsOf(book, policy, options);
  const review = reviewAccounts({
    book,
    policy,
    at: { time: book.time },
    open: [],
    ...(deviations && { deviations }),
  });
  const place = new Map(policy.rungs.map(({ name }, at) => [name, at]));
  const calls = review.steps
    .flatMap(({ call, event }): WouldBeCalled[] =>
      event.kind === 'breach'
        ? [{ account: call.account, name: nameOf(call.account.owner), caseId: call.caseId, breach: event }]
        : [],
    )
    .sort(
      (a, b) =>
        place.get(b.breach.rung)! - place.get(a.breach.rung)! ||
        b.breach.facts.debtUsd - a.breach.facts.debtUsd,
    );
  const checked: Checked = { book, policy, calls, unmeasured: review.unmeasured };
  if (options.json) return printPieces(jsonPieces(checkJson(checked)));
  await printReadable(checkText(checked, options.most ?? MOST));
}

async function deviationsOf(
  book: Book,
  policy: Policy,
  { prices, step = HOUR, data, chain }: CallsCheckOptions,
) {
  if (policy.measure !== 'deviations') {
    if (prices !== undefined)
      throw new UsageError(
        `--prices change nothing where the ladder is of ${policy.measure}: leave them out.`,
      );
    return undefined;
  }
  if (prices === undefined)
    throw new UsageError(
      'A ladder of standard deviations needs prices of the past: give some with --prices, such as --prices ETH=eth.csv or --prices stored.',
    );
  const rows = await priceRowsOf({ prices, data, ...(chain !== undefined && { chain }) });
  return asUsage(() => referenceDeviations(book, priceTable(rows, step), policy.horizonSeconds!));
}

/** As what JSON can say; money in USD, amounts in raw units as text. */
function checkJson({ book, policy, calls, unmeasured }: Checked): object {
  return {
    ...{ chainId: book.chainId, block: book.block, bookHash: book.hash, policy },
    calls: calls.map(({ account, name, caseId, breach: { rung, facts, required } }) => {
      const { measured, collateralUsd, debtUsd } = facts;
      return { ...account, name, case: caseId, rung, measured, collateralUsd, debtUsd, required };
    }),
    unmeasured: unmeasured.map(({ account, reason }) => ({ ...account, reason })),
    coverage: book.coverage,
  };
}
