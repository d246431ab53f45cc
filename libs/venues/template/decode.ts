import { compileDecoder, eventTopic, factKey } from '@undertow/chain';
import type { EventArgs, RawLog } from '@undertow/chain';
import type { Address, Fact, FactKey, Hex } from '@undertow/market';
import type { AbiEvent } from 'viem';
import { newVenueEvents } from './abi.ts';
import type { NewVenueDeployment } from './deployments.ts';

/** First topics of the events that say something. */
export const newVenueTopics: readonly Hex[] = Object.values(newVenueEvents).map(eventTopic);

/** A fact without its key: the log gives that. */
type Said = Fact extends infer F ? (F extends Fact ? Omit<F, keyof FactKey> : never) : never;

/** Facts of a log; undefined when it is not a whole log of its event. */
type Reader = (log: RawLog) => readonly Said[] | undefined;

/**
 * Decoder of the logs of one deployment. Logs of other contracts and events say nothing; a log that is not a whole log
 * of its event becomes `Quarantined`. It never throws.
 */
export function newVenueDecoder(deployment: NewVenueDeployment): (log: RawLog) => readonly Fact[] {
  const rows: (readonly [string, Reader])[] = [
    // One per event and contract, such as:
    // on(deployment.address, newVenueEvents.borrowed, ({ owner, shares }) => [
    //   { kind: 'LegChanged', venue: deployment.id, market, owner, side: 'debt', sharesDelta: shares },
    // ]),
  ];
  const readers = new Map(rows);
  return (log) => {
    const read = readers.get(`${log.address}:${log.topics[0]}`);
    if (!read) return [];
    const said = read(log) ?? [unreadable(deployment, log)];
    return said.map((fact, part) => ({ ...factKey(log, part), ...fact }) as Fact);
  };
}

/** What one event of one contract says. */
export function on<const Event extends AbiEvent>(
  address: Address,
  event: Event,
  say: (args: EventArgs<Event>, log: RawLog) => readonly Said[],
): readonly [string, Reader] {
  const decode = compileDecoder(event);
  const read: Reader = (log) => {
    const args = decode(log);
    return args && say(args, log);
  };
  return [`${address}:${eventTopic(event)}`, read];
}

function unreadable({ id }: NewVenueDeployment, { topics, data }: RawLog): Said {
  return { kind: 'Quarantined', source: id, reason: 'not a whole log of its event', topics, data };
}
