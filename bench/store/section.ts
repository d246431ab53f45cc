import type { Row } from '../report.ts';
import type { MadeHistory } from './generate-facts.ts';

/** A database that holds a made-up history, for the sections of the bench to measure. */
export interface Place {
  /** What kind of server it is on, for the rows' names. */
  readonly server: 'embedded' | 'DATABASE_URL';
  /** All of `made.ranges()` is written there. */
  readonly databaseUrl: string;
  readonly made: MadeHistory;
  /** Makes another empty database on the same server, with the tables in it. */
  addDatabase(): Promise<string>;
}

/** Measures one thing and gives its rows. Sections run one after the other on one database; a section may
 * move its head, and leaves a history of the same length. */
export type Section = (place: Place) => Promise<readonly Row[]>;

/** A row without a peer. */
export const row = (place: Place, measure: string, unit: string, ours: number, limit: string): Row => ({
  ...{ measure: `${measure} (${place.server})`, unit, ours, limit },
  ...{ peerName: '', peer: null, ratio: null },
});
