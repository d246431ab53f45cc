import { roleCode, type Book, type LegRole } from '../../libs/book/src/index.ts';
import type { Scenario } from '../../libs/cascade/src/index.ts';

/**
 * A book as peers that know nothing of venues have it: accounts that hold collateral and owe debt, in sparse rows, in USD at the
 * book's prices, and the moves of what each asset stands for. Perpetuals and options, one account of a hundred, are left out.
 */
export interface PlainBook {
  readonly count: number;
  /** Account i holds the entries `heldStart[i] … heldStart[i + 1] - 1`, and owes likewise. */
  readonly heldStart: Uint32Array;
  readonly owedStart: Uint32Array;
  /** Row of the reference of what is held or owed. */
  readonly heldOf: Uint8Array;
  readonly owedOf: Uint8Array;
  readonly heldUsd: Float64Array;
  /** The same times the threshold. */
  readonly weightedUsd: Float64Array;
  readonly owedUsd: Float64Array;
  /** 1 + the bonus, by account. */
  readonly bonus: Float64Array;
  /** USD that sell at most what moves the price to a quarter, by reference; Infinity where nothing is sold. */
  readonly depthUsd: Float64Array;
}

const DERIVATIVES = new Set((['base', 'notional', 'cash', 'option'] satisfies LegRole[]).map(roleCode));

export function plainBook(book: Book): PlainBook {
  const { accounts, legs, assets, oracles } = book;
  const isPlain = (leg: number) => !DERIVATIVES.has(legs.role[leg]!) && legs.instrument[leg] === -1;
  const rows = Array.from({ length: accounts.count }, (_, row) => row).filter((row) => {
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++)
      if (!isPlain(leg)) return false;
    return true;
  });
  const held = { start: new Uint32Array(rows.length + 1), of: [] as number[], usd: [] as number[] };
  const owed = { start: new Uint32Array(rows.length + 1), of: [] as number[], usd: [] as number[] };
  const weighted: number[] = [];
  const bonus = new Float64Array(rows.length).fill(1.05);
  for (const [i, row] of rows.entries()) {
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++) {
      const usd = legs.amount[leg]! * oracles[legs.oracle[leg]!]!.priceUsd;
      const to = legs.side[leg] === -1 ? owed : held;
      to.of.push(assets[legs.asset[leg]!]!.reference);
      to.usd.push(usd);
      if (to === owed) continue;
      weighted.push(usd * legs.liquidationThreshold[leg]!);
      if (legs.liquidationBonus[leg]! > 0) bonus[i] = 1 + legs.liquidationBonus[leg]!;
    }
    held.start[i + 1] = held.of.length;
    owed.start[i + 1] = owed.of.length;
  }
  return {
    count: rows.length,
    heldStart: held.start,
    owedStart: owed.start,
    heldOf: Uint8Array.from(held.of),
    owedOf: Uint8Array.from(owed.of),
    heldUsd: Float64Array.from(held.usd),
    weightedUsd: Float64Array.from(weighted),
    owedUsd: Float64Array.from(owed.usd),
    bonus,
    depthUsd: depths(book),
  };
}

/** √(x · y) of the one pool of each reference, in USD. */
function depths({ references, assets, depth }: Book): Float64Array {
  const found = new Float64Array(references.length).fill(Infinity);
  for (const [row, curve] of depth.entries()) {
    const { reference, tie, oraclePriceUsd } = assets[row]!;
    if (curve && tie.kind === 'none') found[reference] = curve.liquidity[0]! * Math.sqrt(oraclePriceUsd);
  }
  return found;
}

/** 1 + the move of every reference, by row. */
export function plainMoves({ references }: Book, { moves }: Scenario): Float64Array {
  const factors = new Float64Array(references.length).fill(1);
  for (const move of moves) {
    if (move.kind !== 'reference') throw new Error(`a plain peer cannot move a ${move.kind}`);
    factors[references.findIndex(({ symbol }) => symbol === move.symbol)] = 1 + move.move;
  }
  return factors;
}
