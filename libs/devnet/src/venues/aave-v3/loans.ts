import type { Transaction } from '../../evm/chain.ts';
import { encodeCall } from '../../evm/contract.ts';
import { shareOf, type VenueLoans } from '../../terms/venue-loans.ts';
import { readAaveAccounts, type AaveMarket } from './accounts.ts';
import { readAaveLegs } from './legs.ts';

/** Aave's interest-rate mode 2: variable. */
const VARIABLE = 2n;

/** What owners owe on a release of Aave. */
export const aaveLoans = (market: AaveMarket): VenueLoans => ({
  async health(devnet) {
    const accounts = await readAaveAccounts(devnet, devnet.owners, market);
    const owing = accounts.filter(({ debtBase }) => debtBase > 0n);
    return new Map(owing.map(({ owner, healthFactorWad }) => [owner, Number(healthFactorWad) / 1e18]));
  },
  async repay(devnet, shares) {
    const { address: to, abi } = market.pool(devnet);
    const owners = [...shares.keys()];
    const legs = await readAaveLegs(devnet, owners, market);
    return owners.flatMap((owner, index) =>
      legs[index]!.filter(({ debt }) => debt > 0n).map(({ token, debt }): Transaction => {
        const args = [token, shareOf(debt, shares.get(owner)!), VARIABLE, owner];
        return { from: devnet.actors.bank, to, data: encodeCall(abi, 'repay', args) };
      }),
    );
  },
});
