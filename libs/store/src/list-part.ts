/** A part of a list that has the newest first. */
export interface ListPart<Place> {
  readonly most: number;
  /** Only what comes after this place in the list: what is older. */
  readonly after?: Place | undefined;
  /** Only what comes before this place in the list: what is newer. */
  readonly before?: Place | undefined;
  /** The last of what is left and not the first; they too are given newest first. */
  readonly isFromEnd?: boolean | undefined;
}
