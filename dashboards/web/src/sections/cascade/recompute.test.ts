import { toHtml } from '../../markup/to-html.ts';
import { commands, recompute } from './recompute.ts';

const scenario = {
  ...{ volatilityMove: 0, depthFactor: 1, liquidators: 'rational' as const, gasUsd: 0, capitalUsd: null },
  ...{ oracles: 'between' as const, depositors: 'sell' as const },
  moves: [
    { what: 'ETH', move: -0.2 },
    { what: 'feed:BTC / USD', move: 0.3 },
  ],
};
const cited = {
  ...{ head: { block: 375, time: 0 }, bookHash: 'ab'.repeat(32), scenario },
  overrides: [] as readonly string[],
};

test('the commands name block and scenario, each word as a shell takes it', () => {
  expect(commands(cited)).toEqual([
    'undertow export --block 375 --out book.json',
    "undertow simulate --book book.json --shock ETH=-0.2 --shock 'feed:BTC / USD=0.3'",
  ]);
});

test('who acts how, depth, volatility and changed terms are part of a scenario', () => {
  const other = {
    ...{ ...scenario, moves: [], volatilityMove: -0.5, depthFactor: 0.5 },
    ...{ liquidators: 'capital' as const, gasUsd: 20, capitalUsd: 5e6 },
    ...{ oracles: 'within' as const, depositors: 'hold' as const },
  };
  const overrides = ['aave-v3@devnet WETH liquidationThreshold=0.8', "it's depth=0.5"];
  expect(commands({ ...cited, scenario: other, overrides })[1]).toBe(
    'undertow simulate --book book.json --volatility=-0.5 --liquidators=capital --gas=20 --capital=5000000 ' +
      "--oracles=within --depositors=hold --depth=0.5 --set 'aave-v3@devnet WETH liquidationThreshold=0.8' " +
      String.raw`--set 'it'\''s depth=0.5'`,
  );
  const unlimited = { ...scenario, moves: [], liquidators: 'unlimited' as const, gasUsd: null };
  expect(commands({ ...cited, scenario: unlimited })[1]).toBe(
    'undertow simulate --book book.json --liquidators=unlimited',
  );
});

test('the whole hash and both commands can be copied', () => {
  const html = toHtml(recompute(cited));
  for (const text of [cited.bookHash, commands(cited)[0]]) expect(html).toContain(`data-text="${text}"`);
});
