import { compileDecoder, eventTopic, type EventArgs, type RawLog, type Said } from '@undertow/chain';
import type { Hex } from '@undertow/market';
import type { AbiEvent } from 'viem';

/** What a log says; undefined when it is not a whole log of its event. */
export type Handler = (log: RawLog) => readonly Said[] | undefined;

/** Handlers of one contract's logs by first topic. */
export type TopicTable = ReadonlyMap<Hex, Handler>;

/** One row of a topic table. */
export function on<const Event extends AbiEvent>(
  event: Event,
  say: (args: EventArgs<Event>, log: RawLog) => readonly Said[],
): readonly [Hex, Handler] {
  const decode = compileDecoder(event);
  return [
    eventTopic(event),
    (log) => {
      const args = decode(log);
      return args === undefined ? undefined : say(args, log);
    },
  ];
}
