import type { Piece } from '../markup/element.ts';
import type { ActionTable } from './action-table.ts';
import type { Asked } from './asked.ts';
import type { Frame } from './frame.ts';
import type { State } from './state.ts';

/** One thing shown, as its folder offers it: what it asks, how it is drawn, what can be done with it. */
export interface Section {
  readonly key: string;
  /** All that its drawing reads; what several sections ask is asked once. */
  readonly asks: readonly Asked<unknown>[];
  /** Drawn again only when something that it read of the state is another. */
  view(state: State): Piece;
  /** What a person can do, by `data-act`. */
  actions?(frame: Frame): ActionTable;
  /** Listens at the root for what is no action: called once, when the section first comes on screen. */
  listen?(root: HTMLElement, frame: Frame): void;
}

/** A page: its folder's `page.ts` exports one as `page`, and is loaded when somebody goes there. */
export interface Page {
  /** The heading, and the first part of the window's title. */
  title(state: State): string;
  /** A sentence under the heading. */
  lead?(state: State): Piece;
  readonly sections: readonly Section[];
  /** Where the sections stand. */
  layout(show: (section: Section) => Piece, state: State): Piece;
}

/** All that a page asks, each once. */
export const askedBy = (page: Page | undefined): readonly Asked<unknown>[] => [
  ...new Set(page?.sections.flatMap(({ asks }) => asks)),
];
