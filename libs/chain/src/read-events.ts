import type { Address, Fact } from '@undertow/market';
import type { AbiEvent } from 'viem';
import { compileDecoder, eventTopic, type EventArgs } from './compile-decoder.ts';
import { factsOfLog, type Said } from './said.ts';
import type { RawLog } from './source.ts';

/** Registers what an event says when one of some contracts emits it. */
export type On = <const Event extends AbiEvent>(
  contracts: Address | readonly Address[],
  event: Event,
  say: (args: EventArgs<Event>, log: RawLog) => readonly Said[],
) => void;

/**
 * Facts of logs by contract and event, as `register` says. Logs of other contracts and events say nothing; a log that
 * is not a whole log of its event becomes `Quarantined` of `source`. Parts count from `firstPart(log)`: 0 unless
 * another source reads the same logs.
 */
export function readEvents(
  source: string,
  register: (on: On) => void,
  firstPart: (log: RawLog) => number = () => 0,
): (log: RawLog) => readonly Fact[] {
  const readers = new Map<string, (log: RawLog) => readonly Said[] | undefined>();
  register((contracts, event, say) => {
    const decode = compileDecoder(event);
    for (const contract of typeof contracts === 'string' ? [contracts] : contracts) {
      readers.set(`${contract}:${eventTopic(event)}`, (log) => {
        const args = decode(log);
        return args && say(args, log);
      });
    }
  });
  return (log) => {
    const read = readers.get(`${log.address}:${log.topics[0]}`);
    if (!read) return [];
    const said = read(log) ?? [unreadable(source, log, 'not a whole log of its event')];
    return factsOfLog(log, said, firstPart(log));
  };
}

/** What could not be read of a log. */
export function unreadable(
  source: string,
  { topics, data }: Pick<RawLog, 'topics' | 'data'>,
  reason: string,
): Said {
  return { kind: 'Quarantined', source, reason, topics, data };
}
