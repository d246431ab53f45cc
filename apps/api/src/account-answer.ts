import type { AccountSummary, LegSummary } from '@undertow/book';
import { withAsset, type FindAsset, type WithAsset } from './asset-answer.ts';

/** An account as the schema has it. */
export type AccountAnswer = Omit<AccountSummary, 'legs'> & {
  readonly legs: readonly WithAsset<LegSummary>[];
};

/** Writes an account as the schema has it. */
export const accountAnswer = (find: FindAsset, account: AccountSummary): AccountAnswer => ({
  ...account,
  legs: account.legs.map(withAsset(find)),
});
