/** From so many rows on, only those near to what is seen are in the page. */
export const LONG = 200;
/** So many are in the page then: several times what is seen, so that a fast scroll meets rows. */
const SHOWN = 120;
/** Rows above those that are seen. */
const ABOVE = 40;
/** The window goes on in steps, not with every row. */
const STEP = 20;
/** Pixels of a row before any was measured. */
const ROW_HEIGHT = 32;

/** Which rows of a long table are in the page. */
export interface Window {
  /** The first row in it. */
  readonly first: number;
  /** Pixels of a row, as measured; undefined before. */
  readonly rowHeight?: number | undefined;
}

export interface Shown {
  readonly from: number;
  /** The first that is not shown. */
  readonly to: number;
  /** Pixels that stand for the rows before. */
  readonly above: number;
  /** Pixels that stand for the rows after. */
  readonly below: number;
}

/** The part of `count` rows that is in the page: all of them while they are few. */
export function shownRows(count: number, { first, rowHeight = ROW_HEIGHT }: Window): Shown {
  if (count <= LONG) return { from: 0, to: count, above: 0, below: 0 };
  const from = Math.max(0, Math.min(first, count - SHOWN));
  const to = Math.min(count, from + SHOWN);
  return { from, to, above: from * rowHeight, below: (count - to) * rowHeight };
}

/** What a box that scrolls over a long table says of itself. */
export interface Scrolled {
  /** The first row in the page. */
  readonly from: number;
  /** Pixels from the first row in the page to the upper edge of what is seen; negative above it. */
  readonly past: number;
  /** Pixels of a row in the page, on average. */
  readonly measured: number;
}

/**
 * The window after a scroll; the same object while it need not go on. A height that was measured is kept unless rows have
 * become very different: else what is seen would shift by all the rows above.
 */
export function scrolledTo(before: Window, { from, past, measured }: Scrolled): Window {
  const known = before.rowHeight;
  const isKept = known !== undefined && Math.abs(measured / known - 1) < 0.25;
  const rowHeight = isKept ? known : measured;
  const seen = from + Math.floor(past / measured);
  const first = Math.max(0, Math.floor((seen - ABOVE) / STEP) * STEP);
  return first === before.first && rowHeight === known ? before : { first, rowHeight };
}
