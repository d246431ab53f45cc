import {
  newValue,
  readOracle,
  termField,
  termOf,
  typedValue,
  withValue,
  writeOracle,
  writtenValue,
} from './overrides.ts';

const THRESHOLD = 'aave-v3@devnet WETH liquidationThreshold';

test('a term has one new value: the last one given, until it is taken out', () => {
  let overrides: readonly string[] = [];
  for (const value of ['0.8', '0.75']) overrides = withValue(overrides, THRESHOLD, value);
  overrides = withValue(overrides, 'WETH depth', '0.5');
  expect(overrides).toEqual([`${THRESHOLD}=0.75`, 'WETH depth=0.5']);
  expect(overrides.map(termOf)).toEqual([THRESHOLD, 'WETH depth']);
  expect(newValue(overrides, THRESHOLD)).toBe('0.75');
  expect(newValue(withValue(overrides, THRESHOLD, undefined), THRESHOLD)).toBeUndefined();
});

test('ratios are typed in percent and written as ratios, without the noise of floats', () => {
  const threshold = termField('liquidationThreshold');
  for (const ratio of [0.825, 0.07, 0.29, 1]) {
    const typed = typedValue(ratio, threshold);
    expect(String(typed).length).toBeLessThan(6);
    expect(writtenValue(String(typed), threshold)).toBe(String(ratio));
  }
  expect(writtenValue('1200', termField('supplyCap'))).toBe('1200');
  for (const nothing of ['', ' ', 'much']) expect(writtenValue(nothing, threshold)).toBeUndefined();
});

test('a formula is read and written back; a cap without a price is one at the present price', () => {
  for (const value of ['market', 'rate', 'constant', 'constant(1)', 'cap(1.04)'])
    expect(writeOracle(readOracle(value), 3)).toBe(value);
  expect(writeOracle(readOracle(undefined), 3)).toBeUndefined();
  expect(writeOracle({ form: 'cap', priceUsd: undefined }, 3)).toBe('cap(3)');
});
