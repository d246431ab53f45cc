import { knownAaveV3 } from './known.ts';

test('known markets have one id each and lower-case addresses', () => {
  const ids = knownAaveV3.map(({ deployment: { id } }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { chainId, deployment: known } of knownAaveV3) {
    expect(Number.isSafeInteger(chainId)).toBe(true);
    for (const address of [
      known.pool,
      known.poolConfigurator,
      known.oracle,
      known.dataProvider,
      known.addressesProvider,
    ]) {
      expect(address).toMatch(/^0x[0-9a-f]{40}$/);
    }
  }
});
