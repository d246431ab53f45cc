import { ENGINE_KINDS, openEngine, type Outcome } from './index.ts';
import { handMadeBook, type HandMadeLeg } from './fixtures/hand-made-book.ts';

const ASSETS = [
  { symbol: 'USDC', priceUsd: 1, decimals: 6, tie: {} },
  { symbol: 'WETH', priceUsd: 3_000, decimals: 18, liquidity: 1e6 },
] as const;
const PARTS = 5_000;
const collateral = { asset: 'WETH', threshold: 0.8, bonus: 0.05 };
const fall = { moves: [{ kind: 'reference', symbol: 'WETH', move: -0.3 }] } as const;

function outcomeOf(legs: readonly HandMadeLeg[], kind: (typeof ENGINE_KINDS)[number]): Outcome {
  const outcomes: Outcome[] = [];
  const book = handMadeBook(ASSETS, [{ venue: 'aave36', legs }]);
  openEngine(book, { kind }).run([fall], (outcome) => outcomes.push(outcome));
  return outcomes[0]!;
}

test.each(ENGINE_KINDS)('%s: an account of 10,000 legs is liquidated as what they add up to', (kind) => {
  const part = (leg: HandMadeLeg): HandMadeLeg[] => Array.from({ length: PARTS }, () => leg);
  const many = outcomeOf(
    [...part({ ...collateral, amount: 100 / PARTS }), ...part({ asset: 'USDC', amount: -200_000 / PARTS })],
    kind,
  );
  const whole = outcomeOf(
    [
      { ...collateral, amount: 100 },
      { asset: 'USDC', amount: -200_000 },
    ],
    kind,
  );
  expect(whole.liquidatedUsd).toBeGreaterThan(1_000);
  expect(many.accountsPerRound).toEqual(whole.accountsPerRound);
  for (const name of ['liquidatedUsd', 'repaidUsd', 'lossAtSaleUsd', 'badDebtUsd', 'lossUsd'] as const)
    expect(Math.abs(many[name] - whole[name])).toBeLessThanOrEqual(1e-9 * whole.liquidatedUsd);
});
