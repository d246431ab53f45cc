import { randomLcg, randomNormal } from 'd3-random';
import type { Book } from '../../libs/book/src/index.ts';
import type { Move, Scenario } from '../../libs/cascade/src/index.ts';

/**
 * Made-up shocks with fat tails that all references share: ETH at its median 6 % down, one in twenty beyond 24 %; bitcoin four fifths
 * of it; every other token by itself besides.
 */
export function syntheticScenarios(book: Book, count: number, seed = 7): Scenario[] {
  const random = randomLcg(seed / 2 ** 32);
  const normal = randomNormal.source(random)();
  const symbols = book.references.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'USD');
  return Array.from({ length: count }, () => {
    const squares = normal() ** 2 + normal() ** 2 + normal() ** 2 + normal() ** 2;
    const t4 = normal() / Math.sqrt(squares / 4);
    const common = -Math.min(0.9, Math.abs(t4) * 0.1) + 0.01;
    const moves = symbols.map((symbol): Move => {
      const own = symbol === 'WETH' ? common : symbol === 'WBTC' ? 0.8 * common : 1.3 * common;
      const noise = symbol === 'WETH' || symbol === 'WBTC' ? 0.02 : 0.07;
      return { kind: 'reference', symbol, move: Math.exp(own + noise * normal()) - 1 };
    });
    return { moves };
  });
}
