import type { AssetRow, BookFeed, FeedRow, PriceNode, ReferenceRow } from '@undertow/book';
import type { Problems } from '../problems.ts';
import type { RowPlace } from '../table.ts';
import type { AssetList } from './asset-list.ts';
import { USD } from './asset-ties.ts';

/** The feeds that prices ask, by their names, each made when it is first asked for. */
export class FeedList {
  readonly feeds: BookFeed[] = [];
  readonly #assets: AssetList;
  readonly #problems: Problems;
  readonly #rowOf = new Map<string, FeedRow | undefined>();

  constructor(assets: AssetList, problems: Problems) {
    this.#assets = assets;
    this.#problems = problems;
  }

  /** The row of a feed that is called `ETH / USD`; undefined, and a problem, when it names what nobody knows. */
  rowOf(label: string, place: RowPlace): FeedRow | undefined {
    const sides = sidesOf(label);
    const name = sides ? `${sides.over} / ${sides.under}` : label;
    if (this.#rowOf.has(name)) return this.#rowOf.get(name);
    const over = sides && this.#nodeOf(sides.over);
    const isInDollars = sides?.under === USD;
    const under = sides && !isInDollars ? this.#assetNode(sides.under) : undefined;
    let row: FeedRow | undefined;
    if (over && (isInDollars || under)) {
      row = this.feeds.length as FeedRow;
      this.feeds.push({
        id: name,
        label: name,
        answer: this.#usdOf(over) / (under ? this.#usdOf(under) : 1),
        over,
        under,
        policy: { kind: 'at-once' },
        least: 0,
        greatest: Infinity,
      });
    } else
      this.#problems.add(
        place,
        'feed',
        `${JSON.stringify(label)} names no feed: write two assets of the prices table, or an asset and USD, as in ETH / USD`,
      );
    this.#rowOf.set(name, row);
    return row;
  }

  /** The asset in whose units a feed answers; undefined when it answers in dollars. */
  underOf(label: string): string | undefined {
    const under = sidesOf(label)?.under;
    return under === USD ? undefined : under;
  }

  #nodeOf(symbol: string): PriceNode | undefined {
    const reference = this.#assets.references.findIndex((one) => one.symbol === symbol && symbol !== USD);
    if (reference !== -1) return { kind: 'reference', row: reference as ReferenceRow };
    return this.#assetNode(symbol);
  }

  #assetNode(symbol: string): PriceNode | undefined {
    const { assets, rowOf } = this.#assets;
    const row = rowOf.get(symbol);
    if (row === undefined) return undefined;
    const { tie, reference } = assets[row]!;
    const stands = tie.to === undefined && (tie.kind === 'none' || tie.kind === 'wrapped');
    return stands ? { kind: 'reference', row: reference } : { kind: 'asset', row: row as AssetRow };
  }

  #usdOf(node: PriceNode): number {
    const { references, assets } = this.#assets;
    return node.kind === 'reference' ? references[node.row]!.priceUsd : assets[node.row]!.priceUsd;
  }
}

function sidesOf(label: string): { readonly over: string; readonly under: string } | undefined {
  const [over, under, ...rest] = label.split('/').map((side) => side.trim());
  return over && under && rest.length === 0 ? { over, under } : undefined;
}
