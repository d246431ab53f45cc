import type { ReportContent } from '../content.ts';

/** What the author of a proposal adds: none elsewhere, and none of a proposal that was made without. */
export function authorWords({
  question,
}: ReportContent): { readonly title: string; readonly text: string }[] {
  if (question.kind !== 'proposal' || question.words === undefined) return [];
  const { disclosure, licence } = question.words;
  return [
    { title: 'Disclosure', text: disclosure },
    { title: 'Copyright', text: licence },
  ].filter(({ text }) => text !== '');
}
