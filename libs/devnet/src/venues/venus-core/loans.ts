import { readPrices } from '../../actions/post-prices.ts';
import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import { shareOf, type VenueLoans } from '../../terms/venue-loans.ts';
import { healthOf, marketOf, readVenusAccounts } from './accounts.ts';

/** What owners owe on the core pool. */
export const venusLoans: VenueLoans = {
  async health(devnet) {
    const prices = await readPrices(devnet);
    const accounts = await readVenusAccounts(devnet, devnet.owners);
    const owing = accounts.filter(({ legs }) => legs.some(({ debt }) => debt > 0n));
    return new Map(owing.map((account) => [account.owner, healthOf(account, prices)]));
  },
  async repay(devnet, shares) {
    const accounts = await readVenusAccounts(devnet, [...shares.keys()]);
    return accounts.flatMap(({ owner, legs }) =>
      legs
        .filter(({ debt }) => debt > 0n)
        .map(({ symbol, debt }): Transaction => {
          const { address: to, abi } = marketOf(devnet, symbol);
          const args = [owner, shareOf(debt, shares.get(owner)!)];
          return { from: devnet.actors.bank, to, data: encodeCall(abi, 'repayBorrowBehalf', args) };
        }),
    );
  },
};
