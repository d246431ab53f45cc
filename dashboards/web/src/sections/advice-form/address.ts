import type { State } from '../../frame/state.ts';
import { writeAdvice, type ChosenParameter } from './choice.ts';

/** The address of the page of advices with one of them, beside the run that is on screen. */
export function adviceAddress(
  { at, advice, carried }: Pick<State, 'at' | 'advice' | 'carried'>,
  chosen: ChosenParameter,
): string {
  const path = at.page === 'advice' ? at.path : '/advice';
  const own = writeAdvice({ ...advice, chosen }).join('&');
  return `${path}${carried === '' ? '?' : `${carried}&`}${own}#advice-one-title`;
}
