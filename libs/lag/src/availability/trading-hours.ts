import { BadDataError } from '@undertow/units';

/** When a market trades, as data. Feeds of stocks, metals and currencies answer nothing new while theirs is closed. */
export interface TradingCalendar {
  /** Time zone in which the hours are said, as the IANA names it: America/New_York. */
  readonly zone: string;
  readonly sessions: readonly TradingSession[];
  /** Days of the zone without trading: 2026-12-25. */
  readonly holidays: readonly string[];
  /** Days of every year without trading: 12-25. */
  readonly yearlyHolidays?: readonly string[];
  /** Days of the zone with other hours than usual: half a day before a holiday. */
  readonly otherHours?: Readonly<Record<string, Hours>>;
}

/** Hours of trading on some weekdays; what goes on over midnight is two of them. */
export interface TradingSession extends Hours {
  /** 1 = Monday to 7 = Sunday. */
  readonly weekdays: readonly number[];
}

/** From `opens` up to `closes`, both as 09:30; closes may be 24:00. */
export interface Hours {
  readonly opens: string;
  readonly closes: string;
}

/** A calendar that can be asked. Times are unix seconds. */
export interface TradingHours {
  readonly isOpen: (time: number) => boolean;
  /** How many seconds of a time the market was open. */
  readonly openSeconds: (from: number, to: number) => number;
  /** When it next opens or closes after a time; undefined where it does not within a month. */
  readonly nextChange: (time: number) => number | undefined;
}

const DAY = 86_400;
const MONTH = 31;

/**
 * Makes a calendar that can be asked. Clocks that are put forward and back are those of the zone.
 *
 * @throws BadDataError for a zone that is none, and for days and hours that cannot be read.
 */
export function tradingHours(calendar: TradingCalendar): TradingHours {
  const local = localClock(calendar.zone);
  const openings = openingsOf(calendar, local);
  /** Hours of all local days that touch a time, in order. */
  const between = (from: number, to: number) => {
    const found: { opens: number; closes: number }[] = [];
    for (let day = Math.floor(from / DAY) - 1; day <= Math.floor(to / DAY) + 1; day += 1)
      found.push(...openings(day));
    return found;
  };
  return {
    isOpen: (time) => between(time, time).some(({ opens, closes }) => time >= opens && time < closes),
    openSeconds: (from, to) =>
      between(from, to).reduce(
        (sum, { opens, closes }) => sum + Math.max(0, Math.min(to, closes) - Math.max(from, opens)),
        0,
      ),
    nextChange(time) {
      const ahead = between(time, time + MONTH * DAY);
      // Hours that follow on each other without a break are one opening.
      const starts = new Set(ahead.map(({ opens }) => opens));
      const ends = new Set(ahead.map(({ closes }) => closes));
      const changes = [
        ...[...starts].filter((start) => !ends.has(start)),
        ...[...ends].filter((end) => !starts.has(end)),
      ].filter((change) => change > time);
      return changes.length === 0 ? undefined : Math.min(...changes);
    },
  };
}

interface LocalClock {
  /** Unix seconds of a second of a day of the zone, that day counted from 1970-01-01. */
  readonly unixOf: (day: number, second: number) => number;
}

function localClock(zone: string): LocalClock {
  const format = formatOf(zone);
  /** What the zone's clocks show at a moment, as seconds after 1970-01-01 00:00 on them. */
  const shown = (time: number): number => {
    const parts = new Map(format.formatToParts(time * 1_000).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    const clock = [part('hour') % 24, part('minute'), part('second')] as const;
    return Date.UTC(part('year'), part('month') - 1, part('day'), ...clock) / 1_000;
  };
  return {
    unixOf(day, second) {
      const wanted = day * DAY + second;
      // Twice: the difference to UTC may change between the first guess and the moment itself.
      const guess = wanted - (shown(wanted) - wanted);
      return wanted - (shown(guess) - guess);
    },
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    throw new BadDataError(`"${zone}" is no time zone: name it as the IANA does, such as America/New_York`, {
      cause,
    });
  }
}

/** Openings of each day of the zone, that day counted from 1970-01-01. */
function openingsOf(
  { sessions, holidays, yearlyHolidays = [], otherHours = {} }: TradingCalendar,
  { unixOf }: LocalClock,
): (day: number) => readonly { readonly opens: number; readonly closes: number }[] {
  const closed = new Set(holidays.map(dayNumber));
  const yearly = yearlyHolidays.map(yearlyDay);
  const known = new Map<number, readonly { readonly opens: number; readonly closes: number }[]>();
  const other = new Map(Object.entries(otherHours).map(([day, hours]) => [dayNumber(day), [seconds(hours)]]));
  const usual = new Map<number, Span[]>();
  for (const session of sessions)
    for (const weekday of session.weekdays) {
      if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7)
        throw new BadDataError(`a weekday is 1 (Monday) to 7 (Sunday), but one is ${weekday}`);
      usual.set(weekday, [...(usual.get(weekday) ?? []), seconds(session)]);
    }
  const opening = (day: number) => {
    if (closed.has(day) || yearly.some((isOf) => isOf(day))) return [];
    const spans = other.get(day) ?? usual.get(weekdayOf(day)) ?? [];
    return spans.map(({ opens, closes }) => ({ opens: unixOf(day, opens), closes: unixOf(day, closes) }));
  };
  // Asking a zone's clock is slow, and the same days are asked for again and again.
  return (day) => {
    const found = known.get(day) ?? opening(day);
    known.set(day, found);
    return found;
  };
}

interface Span {
  readonly opens: number;
  readonly closes: number;
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Whether a day counted from 1970-01-01 is one of a month and a day of it: 12-25. A day that a year lacks is none of it. */
function yearlyDay(text: string): (day: number) => boolean {
  const [, month, date] = /^(\d\d)-(\d\d)$/.exec(text)?.map(Number) ?? [];
  const inYear = (year: number) => Date.UTC(year, month! - 1, date) / 1_000 / DAY;
  // 2024 has a 29th of February.
  if (!month || !date || month > 12 || inYear(2_024) >= Date.UTC(2_024, month, 1) / 1_000 / DAY)
    throw new BadDataError(`"${text}" is no day of a year: write it as 12-25`);
  return (day) => {
    const year = 1_970 + Math.floor((day + 0.5) / 365.2425);
    const isOf = (one: number) => inYear(one) === day && inYear(one) < Date.UTC(one, month, 1) / 1_000 / DAY;
    // The division may be a year off around New Year.
    return isOf(year - 1) || isOf(year) || isOf(year + 1);
  };
}

function dayNumber(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (!Number.isFinite(utc)) throw new BadDataError(`"${text}" is no day: write it as 2026-12-25`);
  return utc / 1_000 / DAY;
}

function seconds({ opens, closes }: Hours): Span {
  const span = { opens: secondOf(opens), closes: secondOf(closes) };
  if (span.opens >= span.closes)
    throw new BadDataError(
      `hours from ${opens} to ${closes} end before they begin: what goes on over midnight is two sessions, up to 24:00 and from 00:00`,
    );
  return span;
}

function secondOf(text: string): number {
  const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const second = Number(hour) * 3_600 + Number(minute) * 60;
  if (!(second <= DAY) || Number(minute) > 59)
    throw new BadDataError(`"${text}" is no time of the day: write it as 09:30, up to 24:00`);
  return second;
}
