import { ask } from '../../graph/ask.ts';
import type { AccountsAnswer, AccountsVariables } from '../../graph/answers.ts';
import { LEG_FIELDS } from './leg-fields.ts';

export const ACCOUNTS = /* GraphQL */ `
  query Accounts(
    $first: Int!
    $where: AccountWhere!
    $orderBy: AccountOrder!
    $block: Int
  ) {
    accounts(
      first: $first
      where: $where
      orderBy: $orderBy
      block: $block
    ) {
      head {
        block
        hash
      }
      bookHash
      totalCount
      nodes {
        venue
        owner
        market
        label
        healthFactor
        collateralUsd
        debtUsd
        legs {
          ${LEG_FIELDS}
        }
      }
    }
  }
`;

export type AccountPage = AccountsAnswer['accounts'];
export type Account = AccountPage['nodes'][number];
export type Leg = Account['legs'][number];
export type AccountOrder = AccountsVariables['orderBy'];

/** Which accounts to show. */
export interface AccountChoice {
  readonly first: number;
  readonly venue: string | undefined;
  /** Of that venue, by its id or its name. */
  readonly market?: string | undefined;
  readonly orderBy: AccountOrder;
  /** Only those at risk, or all with debt. */
  readonly isAtRisk: boolean;
}

/** At risk is whom a fall of all that backs it by this makes due: the move that risk desks quote. */
export const RISKY_FALL = -0.2;

const MAX_HEALTH_FACTOR = 1 / (1 + RISKY_FALL);

/** Accounts with debt that match, at a block or at the newest. */
export async function loadAccounts(
  { first, venue, market, orderBy, isAtRisk, block }: AccountChoice & { readonly block: number | undefined },
  signal: AbortSignal,
): Promise<AccountPage> {
  const variables: AccountsVariables = {
    ...{ first, orderBy, block: block ?? null },
    where: {
      ...{ venue: venue ?? null, market: market ?? null },
      maxHealthFactor: isAtRisk ? MAX_HEALTH_FACTOR : null,
    },
  };
  return (await ask<AccountsAnswer>(ACCOUNTS, variables, signal)).accounts;
}
