import type { Ledger, LedgerAccount } from '@undertow/book';
import { encodeCall, type Devnet } from '@undertow/devnet';
import type { Address, Position } from '@undertow/market';

const CHOOSES_CATEGORY: Address = `0xc4${'0'.repeat(37)}1`;
const ENTERS_MARKET: Address = `0xc4${'0'.repeat(37)}2`;

/** Two owners choose an e-mode category, and a market that shall back their debts, and have nothing else. */
export async function chooseOnly({ chain, contracts, artifacts }: Devnet): Promise<void> {
  const { aaveV3, venusCore } = contracts.venues;
  await chain.fund([CHOOSES_CATEGORY, ENTERS_MARKET]);
  await chain.send([
    {
      from: CHOOSES_CATEGORY,
      to: aaveV3.pool,
      data: encodeCall(artifacts.Pool.abi, 'setUserEMode', [1]),
    },
    {
      from: ENTERS_MARKET,
      to: venusCore.comptroller,
      data: encodeCall(artifacts.VenusComptroller.abi, 'enterMarkets', [[venusCore.markets.WETH]]),
    },
  ]);
}

/** How many accounts of a ledger have no shares that would give them away, by what they have instead. */
export function easilyLost({ venues }: Ledger) {
  const accounts = [...venues.values()].flatMap((venue) => [...venue.accounts.values()]);
  const count = (isOne: (account: LedgerAccount) => boolean) => accounts.filter(isOne).length;
  return {
    choiceOnly: count((account) => account.positions.size === 0 && !hasShares(account)),
    optionsOnly: count((account) => hasOnly(account, ({ form }) => form === 'option')),
    cashOnly: count((account) => hasOnly(account, (one) => one.form === 'perpetual' && one.part === 'cash')),
    debtWithoutSupply: count(({ legs, positions }) =>
      [...positions.values()].some(
        ({ market, position }) =>
          position.form === 'indexed-debt' && (legs.get(market)?.collateralShares ?? 0n) === 0n,
      ),
    ),
  };
}

function hasOnly(account: LedgerAccount, isWanted: (position: Position) => boolean): boolean {
  const positions = [...account.positions.values()];
  return positions.length > 0 && !hasShares(account) && positions.every(({ position }) => isWanted(position));
}

const hasShares = ({ legs }: LedgerAccount) =>
  [...legs.values()].some(({ collateralShares, debtShares }) => collateralShares + debtShares > 0n);
