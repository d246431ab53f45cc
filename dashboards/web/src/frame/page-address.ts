/** Where a page is: its folder's `address.ts` exports one as `address`, and is loaded at once. */
export interface PageAddress {
  /** A path with parts that vary, such as `/venues/:id/:market?`. */
  readonly pattern: string;
  /** How the navigation leads there; a page of a single thing has none, and is `within` the page that lists such things. */
  readonly inNavigation?: {
    readonly name: string;
    /** Smaller is farther left. */
    readonly order: number;
  };
  /** The folder of the page that the navigation marks instead. */
  readonly within?: string;
}
