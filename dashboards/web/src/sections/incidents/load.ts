import { ask } from '../../graph/ask.ts';
import type { IncidentsAnswer } from '../../graph/answers.ts';

export const INCIDENTS = /* GraphQL */ `
  query Incidents($first: Int!) {
    incidents(first: $first) {
      nodes {
        time
        kind
        message
        resolved
      }
    }
  }
`;

export type Incident = IncidentsAnswer['incidents']['nodes'][number];

const SHOWN = 20;

/** What an operator must know of, newest first. */
export async function loadIncidents(signal: AbortSignal): Promise<readonly Incident[]> {
  return (await ask<IncidentsAnswer>(INCIDENTS, { first: SHOWN }, signal)).incidents.nodes;
}
