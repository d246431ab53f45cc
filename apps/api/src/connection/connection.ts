/** A part of a list, as the schema has it (Relay's connections, forwards). */
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

/** One page, of which one item more than it shows may be there: that there is a next page. */
export interface Page<Node> {
  readonly first: number;
  /** Items of the page, and the one after them when there is one. */
  readonly items: readonly Node[];
  /** Whether the page goes on from a cursor. */
  readonly isLater: boolean;
  readonly cursorOf: (node: Node, index: number) => string;
  readonly totalCount: () => Promise<number> | number;
}

/** Makes a connection of a page. */
export function connectionOf<Node>({
  first,
  items,
  isLater,
  cursorOf,
  totalCount,
}: Page<Node>): Connection<Node> {
  const nodes = items.slice(0, first);
  const edges = nodes.map((node, i) => ({ node, cursor: cursorOf(node, i) }));
  return {
    ...{ edges, nodes, totalCount },
    pageInfo: {
      hasNextPage: items.length > first,
      hasPreviousPage: isLater,
      startCursor: edges[0]?.cursor,
      endCursor: edges.at(-1)?.cursor,
    },
  };
}
