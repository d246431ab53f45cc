import type { Row } from '../report.ts';

/** A row of which only some is said. */
export const row = (measure: string, unit: string, ours: number, more: Partial<Row> = {}): Row => ({
  ...{ measure, unit, ours, peerName: '', peer: null, ratio: null, limit: 'none' },
  ...more,
});

/** Ours beside a peer's, or beside the reason why that peer is not there. */
export const beside = (
  measure: string,
  unit: string,
  {
    ours,
    peerName,
    peer,
  }: { readonly ours: number; readonly peerName: string; readonly peer: number | string },
): Row =>
  typeof peer === 'string'
    ? row(measure, unit, ours, { peerName: `${peerName}: ${peer}` })
    : row(measure, unit, ours, { peerName, peer, ratio: ours / peer });

/** A number of accounts as people read it. */
export const ofAccounts = (count: number): string => `${count.toLocaleString('en')} accounts`;
