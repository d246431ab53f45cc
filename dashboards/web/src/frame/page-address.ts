/** Where a page is: its folder's `address.ts` exports one as `address`, and is loaded at once. */
export interface PageAddress {
  /** A path with parts that vary, such as `/venues/:id/:market?`. */
  readonly pattern: string;
  /** What it is called in the navigation. */
  readonly name: string;
  /** Its place there: smaller is farther left. */
  readonly order: number;
}
