import { compareText, type CoverageGap } from '@undertow/book';
import type { AccountReading } from './read-account.ts';

/** Accounts that are left out, added up by what they lack. */
export class Gaps {
  readonly #found = new Map<string, CoverageGap>();

  add({ source, reason, debtUsd }: Extract<AccountReading, { is: 'gap' }>): void {
    const key = [source, reason, debtUsd === undefined ? '' : 'priced'].join('\n');
    const before = this.#found.get(key);
    this.#found.set(key, {
      ...{ kind: 'venue', unit: 'account', source, reason },
      count: (before?.count ?? 0) + 1,
      debtUsd: debtUsd === undefined ? undefined : (before?.debtUsd ?? 0) + debtUsd,
    });
  }

  get all(): readonly CoverageGap[] {
    return [...this.#found].sort(([a], [b]) => compareText(a, b)).map(([, gap]) => gap);
  }
}
