import { ask } from '../graph/ask.ts';
import type { AccountOfAnswer, AccountsAnswer, AccountsVariables } from '../graph/answers.ts';

const LEGS = /* GraphQL */ `
  legs {
    asset
    symbol
    side
    amount
    valueUsd
    liquidationThreshold
  }
`;

export const ACCOUNTS = /* GraphQL */ `
  query Accounts($first: Int!, $venue: String, $orderBy: AccountOrder!) {
    accounts(first: $first, venue: $venue, orderBy: $orderBy) {
      total
      items {
        venue
        owner
        market
        healthFactor
        collateralUsd
        debtUsd
        ${LEGS}
      }
    }
  }
`;

export const ACCOUNT_OF = /* GraphQL */ `
  query AccountOf($owner: String!) {
    account(owner: $owner) {
      venue
      owner
      market
      healthFactor
      collateralUsd
      debtUsd
      ${LEGS}
    }
  }
`;

export type AccountPage = AccountsAnswer['accounts'];
export type Account = AccountPage['items'][number];
export type AccountOrder = AccountsVariables['orderBy'];

/** Which accounts to show. An `owner` asks for all positions of one address and ignores the rest. */
export interface AccountChoice {
  readonly first: number;
  readonly venue: string | undefined;
  readonly orderBy: AccountOrder;
  readonly owner: string;
}

/** Accounts with debt that match, at the newest block. */
export async function loadAccounts(choice: AccountChoice, signal: AbortSignal): Promise<AccountPage> {
  if (choice.owner !== '') {
    const { account } = await ask<AccountOfAnswer>(ACCOUNT_OF, { owner: choice.owner }, signal);
    return { total: account.length, items: account };
  }
  const { first, venue, orderBy } = choice;
  const variables: AccountsVariables = { first, venue: venue ?? null, orderBy };
  return (await ask<AccountsAnswer>(ACCOUNTS, variables, signal)).accounts;
}
