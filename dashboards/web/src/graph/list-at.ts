/** A list that knows which block and which book it was read at: files that are made of it say so. */
export interface ListAt<One> extends ReadonlyArray<One> {
  readonly head: { readonly block: number; readonly hash: string };
  readonly bookHash: string;
}

/** What the API answers of a list, as the list itself. */
export const listAt = <One>({
  nodes,
  head,
  bookHash,
}: Pick<ListAt<One>, 'head' | 'bookHash'> & { readonly nodes: readonly One[] }): ListAt<One> =>
  Object.assign([...nodes], { head, bookHash });
