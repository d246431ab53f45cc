import { formulaBases, type FeedFormula, type FeedId } from '@undertow/market';
import { capHeadroom } from '../cap-headroom.ts';

/** The least room below a cap of the adapters from one down to the base feeds; undefined where none has one. */
export function leastCapHeadroom(
  top: FeedId,
  formulas: ReadonlyMap<FeedId, FeedFormula>,
  time: number,
): number | undefined {
  const seen = new Set<FeedId>();
  const found: number[] = [];
  const visit = (id: FeedId): void => {
    const formula = formulas.get(id);
    if (!formula || seen.has(id)) return;
    seen.add(id);
    if (formula.form === 'rate' && formula.cap) {
      const headroom = capHeadroom({ rate: formula.rate, cap: formula.cap }, time);
      if (headroom !== undefined) found.push(headroom);
    }
    formulaBases(formula).forEach(visit);
  };
  visit(top);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** How far an answer is from the nearer of its ends, as a ratio; undefined where neither end is one that an answer could come to. */
export function boundHeadroom(answer: number, least: number, greatest: number): number | undefined {
  const rooms = [
    ...(least > 0 ? [answer / least - 1] : []),
    ...(Number.isFinite(greatest) ? [greatest / answer - 1] : []),
  ];
  return rooms.length === 0 ? undefined : Math.min(...rooms);
}
