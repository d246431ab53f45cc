import { carriedBy } from '../../frame/carried.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { writeAdvice } from '../advice-form/choice.ts';
import { DEFAULT_REPORTS, writeReports, type ReportsChoice } from './choice.ts';

/** What a report is to be of, and at which block; undefined: that of the screen. */
export interface ReportOf extends Pick<ReportsChoice, 'kind'>, Partial<Pick<ReportsChoice, 'sweep'>> {
  readonly block?: number | undefined;
}

/** The address of the form of reports, filled with what is on screen: the scenario and its block are in every address. */
export function reportAddress(state: State, { block, ...of }: ReportOf): string {
  const query = carriedBy({ ...state, pinned: block ?? state.pinned, isChosen: state.moves !== undefined });
  const { texts } = state.advice;
  const asked = of.kind === 'proposal' ? writeAdvice({ texts, chosen: undefined, judged: undefined }) : [];
  const own = [...writeReports({ ...DEFAULT_REPORTS, ...of }), ...asked].join('&');
  return `/reports${query === '' ? '?' : `${query}&`}${own}#report-form-title`;
}

/** The way from a result to a report of it. */
export const reportLink = (state: State, of: ReportOf): Markup =>
  element(
    'p',
    { class: 'source', key: 'report' },
    element('a', { href: reportAddress(state, of) }, 'Make a report of this'),
    ', which anyone can cite and check.',
  );
