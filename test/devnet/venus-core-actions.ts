import { postPrices, type Transaction } from '@undertow/devnet';
import {
  between,
  call,
  growthOf,
  ownersOf,
  SYMBOLS,
  type Symbol,
  type VenusCoreScene,
} from './venus-core-scene.ts';

const MAX = 2n ** 256n - 1n;

/** Moves feeds by factors. */
export async function post(
  { chain, devnet }: VenusCoreScene,
  factors: Partial<Record<Symbol, number>>,
): Promise<void> {
  const answers = Object.entries(factors).map(([symbol, factor]) => {
    const { answer } = chain.ledger.prices.get(devnet.contracts.assets[symbol as Symbol].feedProxy)!;
    return [symbol, (answer * BigInt(Math.round(factor * 1e6))) / 1_000_000n];
  });
  await postPrices(devnet, Object.fromEntries(answers));
  await chain.follow();
}

/** Owners supply, redeem, enter, leave, borrow, repay and give away; the bank adds to the reserves and takes from them. */
export async function live(scene: VenusCoreScene): Promise<number> {
  const { devnet, chain, comptroller, markets } = scene;
  const { bank, deployer } = devnet.actors;
  const owners = ownersOf(scene).filter((owner) => devnet.owners.includes(owner));
  const one = () => owners[Math.floor(scene.random() * owners.length)]!;
  const sent: Transaction[] = SYMBOLS.flatMap((symbol) => {
    const market = markets[symbol];
    const { cash, supply } = growthOf(scene, symbol);
    const some = () => between(scene, cash / 500n) + 1n;
    const tokens = () => between(scene, supply / 5_000n) + 1n;
    const [first, second] = [one(), one()];
    return [
      call(bank, market, 'mint', some()),
      call(bank, market, 'mintBehalf', first, some()),
      call(one(), market, 'redeem', tokens()),
      call(one(), market, 'redeemUnderlying', some()),
      call(one(), comptroller, 'enterMarkets', [market.address]),
      call(one(), comptroller, 'exitMarket', market.address),
      call(one(), market, 'borrow', some()),
      call(second, market, 'borrow', some() / 50n + 1n),
      call(bank, market, 'repayBorrowBehalf', second, MAX),
      call(bank, market, 'repayBorrowBehalf', one(), 1n),
      call(one(), market, 'transfer', one(), tokens()),
      call(bank, market, '_addReserves', some() / 100n + 1n),
      call(deployer, market, '_reduceReserves', 1n),
    ];
  });
  const receipts = await devnet.chain.send(sent, { mayFail: true });
  const facts = await chain.follow();
  // Refusals do not revert: what happened is what was logged.
  expect(receipts.length).toBe(sent.length);
  return facts.length;
}
