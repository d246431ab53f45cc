/** A block that the whole screen is asked at. */
export interface Place {
  readonly block: number;
  /** Of the head that was heard of; undefined for a block that somebody pinned. */
  readonly hash: string | undefined;
}

export const isSamePlace = (one: Place | undefined, other: Place | undefined): boolean =>
  one?.block === other?.block && one?.hash === other?.hash;
