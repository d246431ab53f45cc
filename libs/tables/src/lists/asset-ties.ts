import { isCalledDollar, type TieKind } from '@undertow/book';
import type { Problems } from '../problems.ts';
import type { ReadRow } from '../read-rows.ts';
import type { SaidOfAsset } from './said-of-asset.ts';
import { wordsOf } from './venue-list.ts';

/** The dollar itself. */
export const USD = 'USD';

/** What an asset hangs on, by names. */
export interface NamedTie {
  readonly kind: TieKind;
  /** Undefined when it hangs on its reference itself. */
  readonly to: string | undefined;
  readonly reference: string;
  readonly capacity: number | undefined;
  /** Whether its market is that of its reference. */
  readonly stands: boolean;
}

interface TiesInput {
  readonly usdOf: (symbol: string) => number;
  readonly said: ReadonlyMap<string, SaidOfAsset>;
  readonly ties: readonly ReadRow<'ties'>[];
  /** Of the assets with a price. */
  readonly symbols: readonly string[];
  readonly problems: Problems;
}

/**
 * The tie of every asset with a price: that of the ties table; else it stands for its reference, or, where that is the dollar, is
 * held at it by arbitrage.
 */
export function assetTies({
  said,
  ties,
  symbols,
  usdOf,
  problems,
}: TiesInput): ReadonlyMap<string, NamedTie> {
  const rows = new Map<string, ReadRow<'ties'>>();
  for (const row of ties) {
    const before = rows.get(row.asset);
    if (before) problems.add(row.place, 'asset', `${row.asset} is tied in ${wordsOf(before.place)} already`);
    else if (said.has(row.asset)) checkTie(row, said, problems);
    rows.set(row.asset, row);
  }
  const rootOf = (symbol: string): string | undefined => {
    let at = symbol;
    for (let steps = 0; steps <= symbols.length; steps++) {
      const to = tiedTo(rows.get(at), said);
      if (to === undefined) return at;
      at = to;
    }
    return undefined;
  };
  const standing = new Map<string, string>();
  const found = new Map<string, NamedTie>();
  for (const symbol of symbols) {
    const row = rows.get(symbol);
    const root = rootOf(symbol);
    if (root === undefined) {
      problems.add(row!.place, 'to', `${symbol} is tied to itself through others`);
      continue;
    }
    const rootRow = rows.get(root);
    const isTiedToDollar = rootRow !== undefined && rootRow.kind !== 'none';
    const untold = rootRow ? root : ownReference(root, usdOf(root));
    const reference = isTiedToDollar ? USD : (said.get(root)!.reference ?? untold);
    const own = said.get(symbol)!;
    if (own.reference !== undefined && own.reference !== reference)
      problems.add(own.place, 'reference', `${symbol} belongs to ${reference}, by what it is tied to`);
    const tie = tieOf({ symbol, reference, row, to: tiedTo(row, said) });
    found.set(symbol, tie);
    if (!tie.stands) continue;
    const other = standing.get(reference);
    if (other !== undefined)
      problems.add(
        own.place,
        'reference',
        `${other} and ${symbol} both stand for ${reference}: say in the ties table how one hangs on the other`,
      );
    standing.set(reference, symbol);
  }
  problems.throwIfAny();
  return found;
}

function checkTie(
  { asset, kind, to, place }: ReadRow<'ties'>,
  said: TiesInput['said'],
  problems: Problems,
): void {
  if (kind === 'none' && to !== undefined) problems.add(place, 'to', 'what is not tied hangs on nothing');
  if (kind === 'wrapped' && (to === undefined || to === USD))
    problems.add(place, 'kind', 'nothing wraps the dollar itself: write redeemable or pegged');
  if (to === asset) problems.add(place, 'to', `${asset} cannot be tied to itself`);
  else if (to !== undefined && to !== USD && !said.has(to))
    problems.add(place, 'to', `${to} has no price in the prices table`);
}

/** The asset that a row of the ties table names, if it names one. */
function tiedTo(row: ReadRow<'ties'> | undefined, said: TiesInput['said']): string | undefined {
  if (row?.to === undefined || row.to === USD || row.kind === 'none') return undefined;
  return row.to === row.asset || !said.has(row.to) ? undefined : row.to;
}

/** What an asset stands for that says nothing: the dollar where it is called like one and worth about one, else itself. */
const ownReference = (symbol: string, usd: number) => (isCalledDollar(symbol, usd) ? USD : symbol);

function tieOf(of: {
  readonly symbol: string;
  readonly reference: string;
  readonly row: ReadRow<'ties'> | undefined;
  readonly to: string | undefined;
}): NamedTie {
  const { symbol, reference, row, to } = of;
  if (row && row.kind !== 'none') {
    // Arbitrage keeps a price, but takes none of the asset, unless the table says how much.
    const least = row.kind === 'pegged' && to !== undefined ? 0 : undefined;
    return { kind: row.kind, to, reference, capacity: row.capacity ?? least, stands: false };
  }
  const none = { to: undefined, reference, capacity: undefined };
  if (reference === USD) return { ...none, kind: 'pegged', stands: false };
  return { ...none, kind: reference === symbol ? 'none' : 'wrapped', stands: true };
}
