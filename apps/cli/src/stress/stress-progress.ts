import { progressLine, rateText, type Told } from '../progress-line.ts';

/** How far a stress is. */
export interface StressProgress {
  /** The search for one of so many answers begins. */
  begin(answer: number, answers: number): void;
  /** So many more moves were tried. */
  tried(moves: number, nowMs: number): void;
  measured(drops: number, allDrops: number, nowMs: number): void;
  end(): void;
}

/** Tells how many moves were tried: how many there will be nobody knows. */
export function stressProgress(to: Told, startedMs: number): StressProgress {
  const line = progressLine(to, startedMs);
  let moves = 0;
  let which = '';
  return {
    begin(answer, answers) {
      which = answers > 1 ? `, answer ${answer} of ${answers}` : '';
    },
    tried(more, nowMs) {
      moves += more;
      line.tell(nowMs, () => `${count(moves)} moves tried, ${rateText(moves, nowMs - startedMs)}${which}`);
    },
    measured(drops, allDrops, nowMs) {
      line.tell(nowMs, () => `Reproduction numbers at ${drops} of ${allDrops} drops`);
    },
    end: line.end,
  };
}

const count = (many: number) => many.toLocaleString('en-US');
