import type { PlainBook } from './plain-book.ts';

/** Below this health factor all debt is repaid at once, else half of it. */
const FULL_CLOSE = 0.95;
const MOST_ROUNDS = 64;

export interface PlainOutcome {
  readonly rounds: number;
  /** Liquidations, those of an account in several rounds each by itself. */
  readonly events: number;
}

/**
 * The cascade that a careful engineer writes first: typed arrays, every account valued anew in every round. One rule for all (half the
 * debt, all of it far below the line; collateral in proportion), one pool a reference, oracles that follow at once, liquidators who
 * never look at profit: much less than the engines play. `bench/peers/python/cascade.py` does the same, and must count the same.
 */
export function openPlainCascade(book: PlainBook): (moves: Float64Array) => PlainOutcome {
  const { count, heldStart, owedStart, heldOf, owedOf, heldUsd, weightedUsd, owedUsd, bonus, depthUsd } =
    book;
  const heldShare = new Float64Array(count);
  const owedShare = new Float64Array(count);
  const price = new Float64Array(depthUsd.length);
  const soldInRound = new Float64Array(depthUsd.length);
  const sold = new Float64Array(depthUsd.length);
  return (moves) => {
    heldShare.fill(1);
    owedShare.fill(1);
    sold.fill(0);
    price.set(moves);
    let [rounds, events] = [0, 0];
    for (; rounds < MOST_ROUNDS; rounds++) {
      const found = round();
      if (found === 0) break;
      events += found;
      for (let row = 0; row < price.length; row++) {
        sold[row]! += soldInRound[row]!;
        const pool = 1 + sold[row]! / depthUsd[row]!;
        price[row] = moves[row]! / (pool * pool);
      }
    }
    return { rounds, events };
  };

  function round(): number {
    soldInRound.fill(0);
    let found = 0;
    for (let account = 0; account < count; account++) {
      let backing = 0;
      let owed = 0;
      const [held, heldEnd] = [heldStart[account]!, heldStart[account + 1]!];
      for (let i = held; i < heldEnd; i++) backing += weightedUsd[i]! * price[heldOf[i]!]!;
      for (let i = owedStart[account]!; i < owedStart[account + 1]!; i++)
        owed += owedUsd[i]! * price[owedOf[i]!]!;
      backing *= heldShare[account]!;
      owed *= owedShare[account]!;
      if (!(owed > 0 && backing < owed)) continue;
      found += 1;
      let collateral = 0;
      for (let i = held; i < heldEnd; i++) collateral += heldUsd[i]! * price[heldOf[i]!]!;
      collateral *= heldShare[account]!;
      const share = backing / owed < FULL_CLOSE ? 1 : 0.5;
      const seized = share * owed * bonus[account]!;
      const isAll = seized >= collateral;
      const taken = (isAll ? 1 : seized / collateral) * heldShare[account]!;
      for (let i = held; i < heldEnd; i++) soldInRound[heldOf[i]!]! += taken * heldUsd[i]!;
      heldShare[account]! -= taken;
      owedShare[account]! *= isAll ? 0 : 1 - share;
    }
    return found;
  }
}
