import type { PageLength } from './page-length.ts';

/** A part of a list, as the schema has it (Relay's connections). */
export interface Connection<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  /** Counted only where it is asked for. */
  totalCount(): Promise<number> | number;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | undefined;
  readonly endCursor: string | undefined;
}

/** One page, of which one item more than it shows may be there: that there are more at the end that it was cut off. */
export interface Page<Node> extends PageLength {
  /** Items of the page in the order of the list, and the next one at its far end when there is one. */
  readonly items: readonly Node[];
  /** Whether the page goes on from a cursor at its beginning, and from one at its end. */
  readonly isAfter: boolean;
  readonly isBefore: boolean;
  readonly cursorOf: (node: Node, index: number) => string;
  readonly totalCount: () => Promise<number> | number;
}

/** Makes a connection of a page. What a cursor names lies beyond the page. */
export function connectionOf<Node>({
  most,
  isFromEnd,
  items,
  isAfter,
  isBefore,
  cursorOf,
  totalCount,
}: Page<Node>): Connection<Node> {
  const isMore = items.length > most;
  const all = items.map((node, i) => ({ node, cursor: cursorOf(node, i) }));
  const edges = isFromEnd ? all.slice(-most) : all.slice(0, most);
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    totalCount,
    pageInfo: {
      hasNextPage: isBefore || (isMore && !isFromEnd),
      hasPreviousPage: isAfter || (isMore && isFromEnd),
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}
