import { eventTopic, readEvents, type RawLog } from '@undertow/chain';
import type { Fact, Hex } from '@undertow/market';
import { newVenueEvents } from './abi.ts';
import type { NewVenueDeployment } from './deployments.ts';

/** First topics of the events that say something. */
export const newVenueTopics: readonly Hex[] = Object.values(newVenueEvents).map(eventTopic);

/**
 * Decoder of the logs of one deployment. Logs of other contracts and events say nothing; a log that is not a whole log
 * of its event becomes `Quarantined`. It never throws.
 */
export function newVenueDecoder(deployment: NewVenueDeployment): (log: RawLog) => readonly Fact[] {
  return readEvents(deployment.id, (_on) => {
    // One per event, such as:
    // on(deployment.address, newVenueEvents.borrowed, ({ owner, shares }) => [
    //   { kind: 'LegChanged', venue: deployment.id, market, owner, side: 'debt', sharesDelta: shares },
    // ]);
  });
}
