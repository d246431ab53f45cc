import { usdText, valueText } from './advice-value.ts';
import type { Judgement } from './judgement.ts';
import { dueSentence, powerSentences } from './words.ts';

type WordsOf = Pick<
  Judgement,
  'verdict' | 'changes' | 'toleranceUsd' | 'before' | 'after' | 'afterIfNobodyActs'
> &
  Pick<Judgement, 'madeDue' | 'borrowingPower' | 'toxicity' | 'missing'> & {
    readonly behaviour: 'keep-health' | 'keep-debt';
  };

/** A judgement in whole sentences: whether it holds, whom it hits, what it costs. */
export function judgementWords(of: WordsOf): string[] {
  const { changes, madeDue, borrowingPower, after, afterIfNobodyActs, toxicity } = of;
  return [
    ...mainWords(of),
    dueSentence(madeDue),
    ...powerSentences({ borrowingPower, after, afterIfNobodyActs }),
    ...toxicity.map(
      ({ label, threshold, line, isToxic }) =>
        `${isToxic ? 'TOXIC' : 'Not toxic'}: the threshold of ${label} would be ${valueText('liquidationThreshold', threshold)}, and ` +
        `${isToxic ? 'above' : 'not above'} the toxicity line of ${valueText('liquidationThreshold', line)}.`,
    ),
    ...(changes.length > 1 ? [`${changes.length} changes were judged together.`] : []),
    'It was not backtested.',
  ];
}

function mainWords({ verdict, before, toleranceUsd, missing, changes }: WordsOf): string[] {
  const what = changes.join('; ');
  if (verdict === 'unknown' || !before || toleranceUsd === undefined)
    return [
      `Whether ${what} holds cannot be judged.`,
      ...missing.map(({ name, why, follows }) => `Missing, ${name}: ${why}; ${follows}.`),
    ];
  return [
    verdict === 'within' ? `${what} keeps the loss within the tolerance.` : `${what} EXCEEDS the tolerance.`,
    `The expected shortfall is ${usdText(before.expectedShortfallUsd)} now, and ${usdText(toleranceUsd)} is tolerated.`,
  ];
}
