import type { CallEventKind } from './call-event.ts';
import type { CallState } from './call-state.ts';

/** To which states each event may lead. */
type Row = Readonly<Partial<Record<CallEventKind, readonly CallState[]>>>;

/** What facts and the desk may do to every call that is open; a state that is named again in a row stands there for what it leads to. */
const ends = {
  recover: ['cured', 'withdrawn'],
  liquidated: ['liquidated'],
  reorg: ['withdrawn'],
  withdraw: ['withdrawn'],
} as const satisfies Row;

const answers = {
  agree: ['agreed'],
  'agree-partly': ['partially-agreed'],
  dispute: ['disputed'],
  pledge: ['pledged'],
} as const satisfies Row;

/** Assigning and noting change nothing, a worse rung changes what is due by when, and reminders only remind. */
const open = (state: CallState, row: Row): Row => ({
  ...ends,
  breach: [state, 'escalated'],
  timer: [state, 'escalated', 'expired'],
  escalate: ['escalated'],
  assign: [state],
  note: [state],
  ...row,
});

/**
 * Every state and every event that it allows, with the states to which that may lead: what is not in the table cannot happen. The fourteen
 * words after `watch` are those of the field; a final state has no row.
 */
export const TRANSITIONS: Readonly<Record<CallState, Row>> = {
  watch: open('watch', { breach: ['watch', 'called', 'escalated'], recover: ['withdrawn'], timer: [] }),
  called: open('called', { ...answers, acknowledge: ['acknowledged'] }),
  acknowledged: open('acknowledged', answers),
  agreed: open('agreed', { pledge: ['pledged'] }),
  'partially-agreed': open('partially-agreed', { pledge: ['pledged'], 'cancel-dispute': ['agreed'] }),
  disputed: open('disputed', {
    agree: ['agreed'],
    'agree-partly': ['partially-agreed'],
    'cancel-dispute': ['called', 'acknowledged', 'escalated'],
    pledge: ['pledged'],
  }),
  pledged: open('pledged', {
    pledge: ['pledged'],
    'accept-pledge': ['pledge-accepted'],
    'reject-pledge': ['pledge-rejected'],
    'cancel-dispute': ['pledged'],
  }),
  'pledge-accepted': open('pledge-accepted', {
    deliver: ['in-transit'],
    'cancel-dispute': ['pledge-accepted'],
  }),
  'pledge-rejected': open('pledge-rejected', {
    pledge: ['pledged'],
    'cancel-dispute': ['pledge-rejected'],
  }),
  'in-transit': open('in-transit', {
    'fail-delivery': ['escalated'],
    'cancel-dispute': ['in-transit'],
  }),
  // Whoever answers late may still pledge; that the call was escalated stays written on it.
  escalated: open('escalated', {
    acknowledge: ['escalated'],
    dispute: ['disputed'],
    pledge: ['pledged'],
    escalate: [],
  }),
  cured: {},
  liquidated: {},
  expired: {},
  withdrawn: {},
};
