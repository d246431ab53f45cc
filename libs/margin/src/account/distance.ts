import { isDue, type AccountRow, type Book, type BookValues } from '@undertow/book';
import { openShock } from '@undertow/cascade';

/** How far one reference price is from where an account becomes liquidatable, all else still but what hangs on it. */
export interface Distance {
  /** Symbol of the reference, such as `ETH`. */
  readonly reference: string;
  readonly priceUsd: number;
  /** What the reference costs at the line; the present price where the account is due already. */
  readonly lineUsd: number;
  /** Line ÷ price − 1: negative = a fall is what it fears. */
  readonly move: number;
  /** |ln(1 + move)| ÷ the deviation of the log return over the horizon; undefined where that is not given. */
  readonly deviations: number | undefined;
}

/** Of log returns over a horizon, by symbol of the reference. */
export type Deviations = ReadonlyMap<string, number>;

/** Moves are looked at in steps of 5 % of the price, from a thousandth of it to a thousand times it. */
const STEP = 0.05;
const FARTHEST = Math.log(1_000);
/** Halvings of a step: the line is known to 1e-13 of the price, and the contract's own integers decide near it. */
const HALVINGS = 40;

/** Distances of accounts of a book; shocks are shared between the accounts that are asked for. */
export type DistancesOf = (account: AccountRow) => Distance[];

/**
 * Opens a book for distances. For each reference that some leg of an account hangs on, the nearest move on either side at which the venue
 * would let the account be liquidated, by the venue's own decision: where that changes once on either side, as it does for all that is linear in
 * the price, it is the line. References that never make it due are left out. The nearest comes first.
 */
export function openDistances(book: Book, deviations: Deviations = new Map()): DistancesOf {
  const shock = openShock(book);
  const kept = new Map<string, BookValues>();
  const valuesAt = (symbol: string, log: number): BookValues =>
    shock({ moves: [{ kind: 'reference', symbol, move: Math.expm1(log) }] });
  const keptAt = (symbol: string, step: number): BookValues => {
    const key = `${symbol}\n${step}`;
    const found = kept.get(key) ?? valuesAt(symbol, step * STEP);
    kept.set(key, found);
    return found;
  };
  return (account) =>
    referencesOf(book, account)
      .flatMap((row): Distance[] => {
        const { symbol, priceUsd } = book.references[row]!;
        const log = lineOf({
          isDueAt: (step) => isDue(keptAt(symbol, step), account),
          isDueBetween: (at) => isDue(valuesAt(symbol, at), account),
        });
        if (log === undefined) return [];
        const deviation = deviations.get(symbol);
        return [
          {
            reference: symbol,
            priceUsd,
            lineUsd: priceUsd * Math.exp(log),
            move: Math.expm1(log),
            deviations: deviation !== undefined && deviation > 0 ? Math.abs(log) / deviation : undefined,
          },
        ];
      })
      .sort((a, b) => Math.abs(Math.log1p(a.move)) - Math.abs(Math.log1p(b.move)));
}

/** The nearest log move at which an account is due; 0 where it is now, undefined where it never is. */
function lineOf({
  isDueAt,
  isDueBetween,
}: {
  readonly isDueAt: (step: number) => boolean;
  readonly isDueBetween: (log: number) => boolean;
}): number | undefined {
  if (isDueAt(0)) return 0;
  const found: number[] = [];
  for (const sign of [-1, 1])
    for (let step = 1; step * STEP <= FARTHEST; step++) {
      if (!isDueAt(sign * step)) continue;
      let [near, far] = [sign * (step - 1) * STEP, sign * step * STEP];
      for (let halving = 0; halving < HALVINGS; halving++) {
        const middle = (near + far) / 2;
        if (isDueBetween(middle)) far = middle;
        else near = middle;
      }
      found.push(far);
      break;
    }
  return found.length === 0 ? undefined : found.reduce((a, b) => (Math.abs(a) <= Math.abs(b) ? a : b));
}

/** Rows of the references that the legs of an account hang on, without the dollar. */
export function referencesOf(book: Book, account: AccountRow): number[] {
  const { accounts, legs, assets, instruments, oracles, references } = book;
  const found = new Set<number>();
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    const series = instruments[legs.instrument[leg]!];
    const asset = series ? oracles[series.underlying]!.asset : legs.asset[leg]!;
    found.add(assets[asset]!.reference);
  }
  return [...found].filter((row) => references[row]!.symbol !== 'USD').sort((a, b) => a - b);
}
