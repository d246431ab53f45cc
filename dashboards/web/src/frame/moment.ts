import { ago, isoTime, utc } from '../format/time.ts';
import { element, type Markup } from '../markup/element.ts';

/** How long ago, with the moment in UTC as its title. Unix seconds. */
export function moment(time: number, now: number): Markup {
  return element('time', { datetime: isoTime(time), title: utc(time) }, ago(time, now));
}
