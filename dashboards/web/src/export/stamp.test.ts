import { fileName } from './stamp.ts';

test('the name of a file says what it is of, and where it is from', () => {
  const stamp = { network: 'devnet', block: 1_234 };
  expect(fileName('heatmap-loss', stamp, 'csv')).toBe('undertow-heatmap-loss-devnet-block-1234.csv');
  expect(fileName('liquidations', { ...stamp, block: undefined }, 'json')).toBe(
    'undertow-liquidations-devnet-live.json',
  );
});

test('the name of a file holds nothing that a file system takes for something else', () => {
  const name = fileName('figures ../a\\b: “x” / y', { network: 'a/b', block: 1 }, 'svg');
  expect(name).toBe('undertow-figures-a-b-x-y-a-b-block-1.svg');
});
