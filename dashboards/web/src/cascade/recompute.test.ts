import { toHtml } from '../markup/to-html.ts';
import { commands, recompute } from './recompute.ts';

const cited = {
  ...{ head: { block: 375, time: 0 }, bookHash: 'ab'.repeat(32), volatilityShock: 0 },
  shocks: [
    { asset: '0xc0', symbol: 'WETH', ratio: -0.2 },
    { asset: '0x2b', symbol: 'WBTC', ratio: 0.3 },
  ],
};
const asset = (address: string, symbol: string) => ({
  asset: address,
  symbol,
  priceUsd: 1,
  derivedFrom: null,
});

test('the commands name block and scenario; symbols only where one asset alone has them', () => {
  const known = [asset('0xc0', 'WETH'), asset('0x2b', 'WBTC')];
  expect(commands(cited, known)).toEqual([
    'undertow export --block 375 --out book.json',
    'undertow simulate --book book.json --shock WETH=-0.2 --shock WBTC=0.3',
  ]);
  const [, twins] = commands(cited, [...known, asset('0x2c', 'WBTC')]);
  expect(twins).toContain('--shock WETH=-0.2 --shock 0x2b=0.3');
  expect(commands(cited, [])[1]).toContain('--shock 0xc0=-0.2');
});

test('volatility alone is a scenario too', () => {
  expect(commands({ ...cited, shocks: [], volatilityShock: -0.5 }, [])[1]).toBe(
    'undertow simulate --book book.json --volatility=-0.5',
  );
});

test('the whole hash and both commands can be copied', () => {
  const html = toHtml(recompute(cited, []));
  for (const text of [cited.bookHash, ...commands(cited, [])]) expect(html).toContain(`data-text="${text}"`);
});
