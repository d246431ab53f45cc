import type { Format } from '../../export/format.ts';

/** A set that is being loaded down. */
export interface Download {
  /** Which, by its id. */
  readonly set: string;
  readonly format: Format;
  readonly done: number;
  /** Undefined before the first part is here. */
  readonly total: number | undefined;
  /** Why it could not be. */
  readonly problem: string | undefined;
}
