import { feedPlace, priceFeedId, vaultFeedId } from './feed-id.ts';

const address = `0x${'ab'.repeat(20)}` as const;

test('ids lead back to what they are made of', () => {
  expect(feedPlace(address)).toEqual({ kind: 'feed', address });
  expect(feedPlace(priceFeedId('morpho@x', address))).toEqual({ kind: 'price', address });
  const sample = 10n ** 18n;
  expect(feedPlace(vaultFeedId('morpho@x', address, sample))).toEqual({ kind: 'vault', address, sample });
});

test.each(['', 'eth-feed', `aave@x:${address}`, `m:vault:${address}`, `m:price:${address}:1`, `${address}0`])(
  'nobody stands behind %p',
  (feed) => {
    expect(feedPlace(feed)).toBeUndefined();
  },
);
