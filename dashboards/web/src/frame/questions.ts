import { status } from '../sections/status/asked.ts';
import { answerOf, withAnswer, type Asked } from './asked.ts';
import type { Frame } from './frame.ts';
import type { Loaded } from './loaded.ts';
import { hasNoHead } from './newest-head.ts';
import { isSamePlace, type Place } from './place.ts';
import { placeOf } from './place-of.ts';
import { question, type Question } from './question.ts';
import { rounds } from './rounds.ts';

export interface Questions {
  /** The state is another: asks what is new on screen, or at another block, or about something else; lets go of the rest. */
  follow(): void;
  /** Takes the screen on, as soon as it may, to a head that was heard of. */
  hear(): void;
  /** Asks again what is live, and, while news do not arrive, everything. */
  refresh(): void;
}

/** One thing asked, with what it was asked for last. */
interface Running {
  readonly asked: Asked<unknown>;
  readonly one: Question;
  /** False while no section on screen needs it. */
  isOn: boolean;
  about: string | undefined;
  place: Place | undefined;
  /** When news last had it asked, unix seconds. */
  at: number;
}

/**
 * Keeps asking all that the page on screen needs, and nothing else; each answer is put into the state. What has a block is asked at
 * one: the pinned one, or the head that the screen stands at (`rounds`).
 */
export function questions(frame: Frame, needed: () => readonly Asked<unknown>[]): Questions {
  const { get, set } = frame;
  const all = new Map<string, Running>();
  const onScreen = () => [...all.values()].filter(({ isOn }) => isOn);
  const members = () => onScreen().filter(({ asked }) => asked.followsBlock);
  const screen = rounds(frame, () => members().map(({ asked }) => answerOf(get(), asked)));

  const show = (asked: Asked<unknown>, loaded: Loaded<unknown>): void => {
    set(withAnswer(get(), asked, loaded));
    asked.then?.(loaded, frame);
    // Without a head to stand at the sections ask for the newest: they say themselves what is wrong.
    if (asked === status && hasNoHead(get()) && get().screen === undefined)
      for (const { one } of members()) one.refresh();
    screen.look();
  };
  const begin = (asked: Asked<unknown>): Running => {
    const place = () => (asked.followsBlock ? placeOf(get()) : undefined);
    const one = question(
      (signal) => asked.load(get(), signal),
      (loaded) => show(asked, loaded),
      place,
    );
    const running: Running = { asked, one, isOn: false, about: undefined, place: undefined, at: 0 };
    all.set(asked.key, running);
    return running;
  };
  const catchUp = (running: Running): void => {
    const { asked, one } = running;
    const cameBack = !running.isOn;
    running.isOn = true;
    const place = asked.followsBlock ? placeOf(get()) : undefined;
    // Before any head is known it is not known either where to ask.
    if (asked.followsBlock && !place && !hasNoHead(get())) return;
    const about = aboutOf(asked, get());
    const [isOther, isElsewhere] = [running.about !== about, !isSamePlace(running.place, place)];
    Object.assign(running, { about, place });
    if (isOther) {
      running.at = Date.now() / 1_000;
      one.restart(asked.forgets === true && running.about !== undefined);
    } else if (isElsewhere) one.follow();
    else if (cameBack && !asked.followsBlock) one.refresh();
  };

  return {
    follow() {
      const asking = new Set([status, ...needed()].filter((asked) => asked.isAsked?.(get()) ?? true));
      for (const running of onScreen()) {
        if (asking.has(running.asked)) continue;
        running.isOn = false;
        // What was still to come is asked anew when somebody comes back.
        if (running.one.stop()) running.about = undefined;
      }
      for (const asked of asking) catchUp(all.get(asked.key) ?? begin(asked));
    },
    hear: () => screen.look(),
    refresh() {
      const now = Date.now() / 1_000;
      for (const running of onScreen().filter(({ asked }) => !asked.followsBlock)) {
        if (now - running.at < (running.asked.everySeconds ?? 0)) continue;
        running.at = now;
        running.one.refresh();
      }
      const { connection, pinned, screen: stands } = get();
      // News take the screen on by themselves; what was read at a pinned block stays, unless it was never read.
      if (pinned === undefined && (stands === undefined || connection !== 'lost')) return;
      for (const { one, asked } of members())
        if (pinned === undefined || answerOf(get(), asked).value === undefined) one.refresh();
    },
  };
}

/** What it is about, and whether at a block that somebody chose: then it is another question, not a newer one. */
const aboutOf = (asked: Asked<unknown>, state: ReturnType<Frame['get']>): string =>
  `${asked.followsBlock ? (state.pinned ?? 'live') : ''} ${asked.about?.(state) ?? ''}`;
