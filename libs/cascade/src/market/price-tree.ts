import type { Book } from '@undertow/book';
import { hangOrder } from './hang-order.ts';
import { nodesBelow } from './nodes-below.ts';

/**
 * How the prices of a book hang together, compiled. Nodes are the references, then the assets: node of asset row a is
 * `references + a`.
 */
export interface PriceTree {
  readonly references: number;
  readonly count: number;
  /** The node whose price a node's own follows; -1 of a reference. */
  readonly base: Int32Array;
  /** Units of the base that one unit is worth at the book's height; of a reference its price in USD. */
  readonly ratio: Float64Array;
  /** The node that trades of an asset move, by asset row: its reference where the asset stands for that, else its own. */
  readonly movedBy: Int32Array;
  /** Every node after its base. */
  readonly order: readonly number[];
  /** By node: itself and all that hangs on it, each after its base. */
  readonly below: readonly Int32Array[];
}

/** @throws BadDataError when assets hang on each other in a circle. */
export function priceTree({ references, assets }: Pick<Book, 'references' | 'assets'>): PriceTree {
  const count = references.length + assets.length;
  const base = new Int32Array(count).fill(-1);
  const ratio = new Float64Array(count);
  const movedBy = new Int32Array(assets.length);
  for (const [row, { priceUsd }] of references.entries()) ratio[row] = priceUsd;
  for (const [row, { tie, reference }] of assets.entries()) {
    const node = references.length + row;
    base[node] = tie.to === undefined ? reference : references.length + tie.to;
    ratio[node] = tie.redeemedFor ?? tie.ratio;
    movedBy[row] = standsForReference(assets[row]!) ? reference : node;
  }
  const order = hangOrder(
    count,
    (node) => (base[node] === -1 ? undefined : base[node]),
    'assets of the book are tied to each other in a circle',
  );
  const tree = { references: references.length, count, base, ratio, movedBy, order };
  return { ...tree, below: nodesBelow(tree) };
}

/** Whether an asset's market is that of its reference: a shock to either is one to both, and its trades move the reference. */
export const standsForReference = ({ tie }: Pick<Book['assets'][number], 'tie'>): boolean =>
  tie.to === undefined && (tie.kind === 'none' || tie.kind === 'wrapped');

/** Prices by node, USD: of a reference ratio × own factor, of an asset base × ratio × own factor. */
export function nodePrices(tree: PriceTree, own: Float64Array): Float64Array {
  const price = new Float64Array(tree.count);
  reprice(tree, own, { nodes: tree.order, price });
  return price;
}

/** The same of some nodes, each after its base, where the prices of all others stay. */
export function reprice(
  tree: PriceTree,
  own: Float64Array,
  { nodes, price }: { readonly nodes: ArrayLike<number>; readonly price: Float64Array },
): void {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]!;
    const base = tree.base[node]!;
    price[node] = (base === -1 ? 1 : price[base]!) * tree.ratio[node]! * own[node]!;
  }
}
