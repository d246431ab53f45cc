import { encodeCall, type Devnet } from '@undertow/devnet';

/**
 * Has mark prices be the pools' own, as over less than ten seconds the contract takes no average. Averages are in whole ticks, so that
 * nobody can see on which side of a price between two ticks an account is due.
 */
export async function unaverageMarks({ chain, contracts, actors, artifacts }: Devnet): Promise<void> {
  const { clearingHouseConfig: to } = contracts.venues.perpV2;
  const { abi } = artifacts.PerpClearingHouseConfig;
  const setters = ['setMarkPriceMarketTwapInterval', 'setMarkPricePremiumInterval'];
  await chain.send(setters.map((name) => ({ from: actors.deployer, to, data: encodeCall(abi, name, [1]) })));
}
