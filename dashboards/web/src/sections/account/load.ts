import { ask } from '../../graph/ask.ts';
import type { AccountAnswer } from '../../graph/answers.ts';
import { LEG_FIELDS } from '../accounts/leg-fields.ts';

export const ACCOUNT = /* GraphQL */ `
  query Account($owner: Address!, $block: Int) {
    account(owner: $owner, block: $block) {
      address
      head {
        block
        hash
        time
      }
      bookHash
      collateralUsd
      debtUsd
      lowestHealthFactor
      coverage {
        share
        gaps {
          debtUsd
        }
      }
      accounts {
        venue
        mechanism
        version
        market
        reason
        summary {
          label
          healthFactor
          collateralUsd
          debtUsd
          legs {
            ${LEG_FIELDS}
          }
        }
        exact {
          healthFactorWad
          figures {
            view
            label
            value
            decimals
            unit
          }
          liquidationPrices {
            asset {
              address
              symbol
            }
            description
            answer
            decimals
            presentAnswer
            move
          }
        }
      }
    }
  }
`;

export type Owner = AccountAnswer['account'];
export type OwnerAccount = Owner['accounts'][number];
export type Exact = NonNullable<OwnerAccount['exact']>;
export type ExactFigure = Exact['figures'][number];

/** Whether a text is an address that can be asked for. */
export const isAddress = (text: string): boolean => /^0x[0-9a-f]{40}$/i.test(text);

/** Everything one address has on the watched venues, at a block or at the newest. */
export async function loadOwner(
  { owner, block }: { readonly owner: string; readonly block: number | undefined },
  signal: AbortSignal,
): Promise<Owner> {
  return (await ask<AccountAnswer>(ACCOUNT, { owner, block: block ?? null }, signal)).account;
}
