import type { ServedFacts } from './serve-facts.ts';

/** A page of a list. */
export interface Page<Node> {
  readonly head?: { readonly block: number };
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

/** Which list, by which arguments, with what of its nodes. */
export interface PagesWanted {
  readonly list: 'accounts' | 'liquidations' | 'incidents';
  readonly given: string;
  readonly fields: string;
}

/** One page of a list; throws what the API refuses it with. */
export async function pageOf<Node>(
  api: Pick<ServedFacts, 'ask'>,
  { list, given, fields }: PagesWanted,
): Promise<Page<Node>> {
  const head = list === 'incidents' ? '' : 'head { block }';
  const { data, errors } = await api.ask(`{ ${list}(${given}) { ${head} totalCount nodes { ${fields} }
    edges { cursor node { ${fields} } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`);
  if (errors) throw new Error(errors[0]!.message);
  return data![list] as Page<Node>;
}

/** All pages of a list from its beginning; `between` is done before each page after the first. */
export async function pagesOf<Node>(
  api: Pick<ServedFacts, 'ask'>,
  { list, given, fields }: PagesWanted,
  between: () => void = () => undefined,
): Promise<Page<Node>[]> {
  const pages = [await pageOf<Node>(api, { list, given, fields })];
  while (pages.at(-1)!.pageInfo.hasNextPage) {
    between();
    const onward = `${given}, after: "${pages.at(-1)!.pageInfo.endCursor}"`;
    pages.push(await pageOf<Node>(api, { list, given: onward, fields }));
  }
  return pages;
}

/** All pages of a list from its end, in the order of the list; `between` as above. */
export async function pagesFromEnd<Node>(
  api: Pick<ServedFacts, 'ask'>,
  { list, given, fields }: PagesWanted,
  between: () => void = () => undefined,
): Promise<Page<Node>[]> {
  const pages = [await pageOf<Node>(api, { list, given, fields })];
  while (pages[0]!.pageInfo.hasPreviousPage) {
    between();
    const back = `${given}, before: "${pages[0]!.pageInfo.startCursor}"`;
    pages.unshift(await pageOf<Node>(api, { list, given: back, fields }));
  }
  return pages;
}
